package dev.lastseat;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Makes a client read each response to its end, even when the test asserts the status
 * only. Otherwise no code releases the buffer of the body, and Netty reports a leak when
 * it is garbage-collected. Not usable for streams, which have no end.
 */
public final class BufferedResponses implements ExchangeFilterFunction {

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).flatMap(BufferedResponses::buffer);
	}

	private static Mono<ClientResponse> buffer(ClientResponse response) {
		return response.bodyToMono(byte[].class)
			.map((body) -> response.mutate()
				.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
				.build())
			.switchIfEmpty(Mono.fromSupplier(() -> response.mutate().body(Flux.empty()).build()));
	}

}
