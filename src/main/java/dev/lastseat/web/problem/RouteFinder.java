package dev.lastseat.web.problem;

import java.util.List;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the route of a request that was refused before it was routed: without it neither
 * the log nor the metrics could say what was refused.
 */
final class RouteFinder {

	private final Supplier<List<HandlerMapping>> mappings;

	/**
	 * @param mappings all that there are, in their order
	 */
	RouteFinder(Supplier<List<HandlerMapping>> mappings) {
		this.mappings = mappings;
	}

	/**
	 * Leaves the pattern where Spring leaves it, among the attributes of the exchange and
	 * in the observation of the request. An address without a route has none.
	 */
	Mono<Void> find(ServerWebExchange exchange) {
		return Flux.defer(() -> Flux.fromIterable(this.mappings.get()))
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.next()
			.onErrorResume((error) -> Mono.empty())
			.then();
	}

}
