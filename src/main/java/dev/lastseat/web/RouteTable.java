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
 * Routes by method and path. In addition to the builder of Spring, it answers a {@code
 * HEAD} wherever a {@code GET} is answered. It rejects an unknown method of a known path
 * with the list of the allowed methods.
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
