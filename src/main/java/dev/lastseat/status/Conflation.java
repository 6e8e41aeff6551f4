package dev.lastseat.status;

import java.time.Duration;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Conflates signals, so that many signals cause few reads. A signal after a quiet
 * interval causes a read at once. Signals during a read or the interval after it cause
 * one read together, when the interval is over. So a read always follows the last signal,
 * and there is no read without a signal.
 *
 * @param interval minimum time from the end of a read to the start of the next
 */
record Conflation(Duration interval, Scheduler scheduler) {

	/**
	 * @param signals any number at any rate; only the latest is kept
	 * @param read subscribed to after the signal that causes it
	 * @return the results of the reads, which run one at a time; completes after the read
	 * for the last signal and its interval
	 */
	<S, T> Flux<T> conflate(Flux<S> signals, Function<S, ? extends Publisher<T>> read) {
		Mono<T> pause = Mono.delay(this.interval, this.scheduler).then(Mono.empty());
		// Without prefetch, the next signal is requested after the read and the interval.
		// It is the latest signal then.
		return signals.onBackpressureLatest().concatMap((signal) -> Flux.concat(read.apply(signal), pause), 0);
	}

}
