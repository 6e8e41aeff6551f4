package dev.lastseat.web.problem;

import java.util.List;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the route of a request that was rejected before it was routed, for example by a
 * security filter. Without the route, neither the log nor the metrics could name it.
 */
final class RouteFinder {

	private final Supplier<List<HandlerMapping>> mappings;

	/**
	 * @param mappings all handler mappings, in their order
	 */
	RouteFinder(Supplier<List<HandlerMapping>> mappings) {
		this.mappings = mappings;
	}

	/**
	 * Sets the pattern in the attributes of the exchange and in the observation of the
	 * request, as Spring does. Without a matching route it sets nothing.
	 */
	Mono<Void> find(ServerWebExchange exchange) {
		return Flux.defer(() -> Flux.fromIterable(this.mappings.get()))
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.next()
			.onErrorResume((error) -> Mono.empty())
			.then();
	}

}
