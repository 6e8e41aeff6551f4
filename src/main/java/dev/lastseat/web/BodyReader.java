package dev.lastseat.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import dev.lastseat.booking.InvalidInputException.Violation;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads JSON bodies, and does not wait for them for ever.
 */
final class BodyReader {

	static final Violation LATE = new Violation("body", "did not arrive in time");

	private final Duration timeout;

	BodyReader(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * @return the body; an error when there is none, or not all of it in time
	 */
	<T> Mono<T> read(ServerRequest request, Class<T> type) {
		return request.bodyToMono(type)
			.timeout(this.timeout)
			.onErrorMap(TimeoutException.class, (error) -> late())
			.switchIfEmpty(Mono.error(() -> ProblemException.invalid(List.of(BodyErrors.NO_OBJECT))));
	}

	private static ProblemException late() {
		return ProblemException.invalid(List.of(LATE));
	}

}
