package dev.lastseat;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Makes a client read each answer to its end, also when the test looks at the status
 * only. Otherwise nothing releases the buffer of the body, and Netty reports it as a leak
 * when it is garbage. Not for streams, which have no end.
 */
public final class WholeAnswers implements ExchangeFilterFunction {

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).flatMap(WholeAnswers::read);
	}

	private static Mono<ClientResponse> read(ClientResponse answer) {
		return answer.bodyToMono(byte[].class)
			.map((body) -> answer.mutate().body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build())
			.switchIfEmpty(Mono.fromSupplier(() -> answer.mutate().body(Flux.empty()).build()));
	}

}
