package dev.lastseat.web.stream;

import java.util.concurrent.Semaphore;

import dev.lastseat.web.problem.Problems;
import reactor.core.publisher.Mono;

/**
 * Limits the number of open streams.
 */
final class StreamLimit {

	private final Semaphore permits;

	StreamLimit(int maxStreams) {
		this.permits = new Semaphore(maxStreams);
	}

	/**
	 * Holds a permit from the subscription to the end of the stream: completion, error or
	 * cancellation.
	 * @return an error when no permit is left; the stream is not subscribed to then
	 */
	Mono<Void> during(Mono<Void> stream) {
		return Mono.using(this::acquire, (permits) -> stream, Semaphore::release);
	}

	private Semaphore acquire() {
		if (!this.permits.tryAcquire()) {
			throw Problems.tooManyStreams();
		}
		return this.permits;
	}

}
