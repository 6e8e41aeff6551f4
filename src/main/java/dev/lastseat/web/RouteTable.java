package dev.lastseat.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.springdoc.core.fn.builders.operation.Builder;
import org.springdoc.core.utils.Constants;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;

/**
 * Routes by method and path, those of the API with the operation that they are in its
 * description. Beyond what Spring's own builder does, a {@code HEAD} is answered wherever
 * a {@code GET} is, and a path that is known, asked with a method that is not, is refused
 * with the list of those that are.
 */
final class RouteTable {

	private final RouterFunctions.Builder routes = RouterFunctions.route();

	private final Map<String, Set<HttpMethod>> methods = new LinkedHashMap<>();

	/**
	 * @param operation what the API's description says of the route
	 */
	RouteTable row(HttpMethod method, String path, ApiOperation operation, HandlerFunction<ServerResponse> handler) {
		route(method, path, handler);
		this.routes.withAttribute(Constants.OPERATION_ATTRIBUTE,
				Builder.operationBuilder().operationId(operation.id()));
		return withHead(method, path, handler);
	}

	/**
	 * A route that is no part of the API.
	 */
	RouteTable row(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
		route(method, path, handler);
		return withHead(method, path, handler);
	}

	private RouteTable withHead(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
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
		// A predicate of no known kind: whoever reads the table for what there is passes
		// it over.
		this.methods.forEach((path, known) -> this.routes.route(RequestPredicates.path(path)::test,
				(request) -> Mono.error(new MethodNotAllowedException(request.method(), known))));
		return this.routes.build();
	}

}
