package dev.lastseat.stress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Says how far a race is, once a second, so that nobody wonders whether it hangs. A race
 * that is over sooner says nothing.
 */
final class Progress {

	private static final Duration PACE = Duration.ofSeconds(1);

	private final PrintWriter out;

	Progress(PrintWriter out) {
		this.out = out;
	}

	/**
	 * @param work what takes its time
	 * @param done how much of it is done, counted by the work itself
	 * @param total how much there is
	 * @return the work, with reports while it goes on
	 */
	<T> Mono<T> during(Mono<T> work, AtomicInteger done, int total) {
		Mono<T> reports = Flux.interval(PACE)
			.doOnNext((tick) -> this.out.printf(Locale.ROOT, "... %,d of %,d attempts answered%n", done.get(), total))
			.then(Mono.never());
		return Mono.firstWithSignal(work, reports);
	}

}
