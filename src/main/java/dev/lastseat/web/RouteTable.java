package dev.lastseat.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Collects routes. Adds a {@code HEAD} wherever a {@code GET} is answered. Rejects an
 * unknown method of a known path with the list of the allowed methods.
 */
final class RouteTable {

	private final Map<String, Map<HttpMethod, HandlerFunction<ServerResponse>>> paths = new LinkedHashMap<>();

	RouteTable row(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
		Map<HttpMethod, HandlerFunction<ServerResponse>> methods = this.paths.computeIfAbsent(path,
				(key) -> new LinkedHashMap<>());
		methods.put(method, handler);
		if (method == HttpMethod.GET) {
			methods.put(HttpMethod.HEAD, handler);
		}
		return this;
	}

	/**
	 * @param filters run before each handler, the first one first
	 */
	PathRoutes build(List<HandlerFilterFunction<ServerResponse, ServerResponse>> filters) {
		return new PathRoutes(
				this.paths.entrySet().stream().map((row) -> route(row.getKey(), row.getValue(), filters)).toList());
	}

	private static PathRoutes.Route route(String path, Map<HttpMethod, HandlerFunction<ServerResponse>> methods,
			List<HandlerFilterFunction<ServerResponse, ServerResponse>> filters) {
		HandlerFunction<ServerResponse> notAllowed = (request) -> Mono
			.error(new MethodNotAllowedException(request.method(), methods.keySet()));
		Map<HttpMethod, HandlerFunction<ServerResponse>> filtered = new LinkedHashMap<>();
		methods.forEach((method, handler) -> filtered.put(method, filtered(handler, filters)));
		return new PathRoutes.Route(PathPatternParser.defaultInstance.parse(path), filtered,
				filtered(notAllowed, filters));
	}

	private static HandlerFunction<ServerResponse> filtered(HandlerFunction<ServerResponse> handler,
			List<HandlerFilterFunction<ServerResponse, ServerResponse>> filters) {
		return filters.stream()
			.reduce(HandlerFilterFunction::andThen)
			.map((filter) -> filter.apply(handler))
			.orElse(handler);
	}

}
