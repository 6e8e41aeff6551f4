package dev.lastseat.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Routes by path and method in one step. The router functions of Spring try one route
 * after the other, with several operators for each: that took longer than the rest of a
 * refused booking.
 */
final class PathRoutes implements RouterFunction<ServerResponse> {

	private final List<Route> all;

	/** The routes by the number of elements of their paths. */
	private final Map<Integer, List<Route>> byLength;

	/**
	 * @param all their patterns have no wildcards, so each matches paths of one length
	 */
	PathRoutes(List<Route> all) {
		this.all = all;
		this.byLength = all.stream().collect(Collectors.groupingBy(Route::length));
	}

	PathRoutes and(PathRoutes other) {
		return new PathRoutes(Stream.concat(this.all.stream(), other.all.stream()).toList());
	}

	/**
	 * @return method and pattern of each route, like {@code GET /api/v1/events}
	 */
	List<String> all() {
		return this.all.stream()
			.flatMap((route) -> route.methods().keySet().stream().map((method) -> method + " " + route.path()))
			.toList();
	}

	@Override
	public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
		return Mono.justOrEmpty(find(request));
	}

	/**
	 * Finds the handler of a request, and sets the attributes that a router function of
	 * Spring sets.
	 * @return null if no route has the path of the request
	 */
	@Nullable HandlerFunction<ServerResponse> find(ServerRequest request) {
		PathContainer path = request.requestPath().pathWithinApplication();
		for (Route route : this.byLength.getOrDefault(path.elements().size(), List.of())) {
			PathPattern.PathMatchInfo match = route.path().matchAndExtract(path);
			if (match != null) {
				request.attributes().put(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE, route.path());
				request.attributes().put(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE, match.getUriVariables());
				return route.methods().getOrDefault(request.method(), route.notAllowed());
			}
		}
		return null;
	}

	/**
	 * The handlers of one path.
	 *
	 * @param notAllowed handles the requests with another method
	 */
	record Route(PathPattern path, Map<HttpMethod, HandlerFunction<ServerResponse>> methods,
			HandlerFunction<ServerResponse> notAllowed) {

		int length() {
			return PathContainer.parsePath(this.path.getPatternString()).elements().size();
		}

	}

}
