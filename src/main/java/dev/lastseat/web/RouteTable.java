package dev.lastseat.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;

/**
 * Routes by method and path. Beyond what Spring's own builder does, a {@code HEAD} is
 * answered wherever a {@code GET} is, and a request for a known path with another method
 * is refused with the list of the methods of this path.
 */
final class RouteTable {

	private final RouterFunctions.Builder routes = RouterFunctions.route();

	private final Map<String, Set<HttpMethod>> methods = new LinkedHashMap<>();

	RouteTable row(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
		route(method, path, handler);
		if (method == HttpMethod.GET) {
			route(HttpMethod.HEAD, path, handler);
		}
		return this;
	}

	private void route(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
		this.routes.route(RequestPredicates.method(method).and(RequestPredicates.path(path)), handler);
		this.methods.computeIfAbsent(path, (key) -> new LinkedHashSet<>()).add(method);
	}

	RouterFunction<ServerResponse> build() {
		this.methods.forEach((path, known) -> this.routes.route(RequestPredicates.path(path),
				(request) -> Mono.error(new MethodNotAllowedException(request.method(), known))));
		return this.routes.build();
	}

}
