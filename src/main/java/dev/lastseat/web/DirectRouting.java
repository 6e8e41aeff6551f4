package dev.lastseat.web;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Handles the requests of this service after the other filters. The dispatcher of Spring,
 * which would search several handler mappings and handler adapters, gets the other
 * requests: those to the actuator and to unknown paths.
 */
final class DirectRouting implements WebFilter, Ordered, ServerResponse.Context {

	private final PathRoutes routes;

	private final List<HttpMessageWriter<?>> writers;

	DirectRouting(PathRoutes routes, ServerCodecConfigurer codecs) {
		this.routes = routes;
		this.writers = codecs.getWriters();
	}

	/**
	 * Before the filter that protects the actuator in open mode.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	/**
	 * A request needs no message readers: handlers read bodies by the {@link BodyReader}.
	 */
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerRequest request = ServerRequest.create(exchange, List.of());
		HandlerFunction<ServerResponse> handler = this.routes.find(request);
		if (handler == null) {
			return chain.filter(exchange);
		}
		exchange.getAttributes().put(RouterFunctions.REQUEST_ATTRIBUTE, request);
		namePattern(exchange);
		return handler.handle(request).flatMap((response) -> response.writeTo(exchange, this));
	}

	/** Names the route in the observation of the request. */
	private static void namePattern(ServerWebExchange exchange) {
		ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.ifPresent((context) -> context.setPathPattern(
					String.valueOf(exchange.getAttributes().get(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE))));
	}

	@Override
	public List<HttpMessageWriter<?>> messageWriters() {
		return this.writers;
	}

	@Override
	public List<ViewResolver> viewResolvers() {
		return List.of();
	}

	/**
	 * Spring calls this for each request, and keeps the result until the request ends.
	 */
	@Override
	public String toString() {
		return "routes";
	}

}
