package dev.lastseat.status;

import java.time.Duration;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes few looks of many signals: the first is followed by a look at once, and those
 * that come before the pause after a look is over are followed by one look together, when
 * it is over. So a look always comes after the last signal, and none without a signal.
 *
 * @param pause from the end of a look to the beginning of the next, at least
 */
record Conflation(Duration pause, Scheduler scheduler) {

	/**
	 * @param signals as many and as fast as they like; only the latest is ever kept
	 * @param look what a signal leads to; its subscription comes after the signal
	 * @return what the looks emit, one look after the other; completes after the look for
	 * the last signal and its pause
	 */
	<S, T> Flux<T> conflate(Flux<S> signals, Function<S, Mono<T>> look) {
		Mono<T> rest = Mono.delay(this.pause, this.scheduler).then(Mono.empty());
		// Without prefetch, the next signal is asked for when look and pause are over,
		// and it is the latest then.
		return signals.onBackpressureLatest().concatMap((signal) -> look.apply(signal).concatWith(rest), 0);
	}

}
