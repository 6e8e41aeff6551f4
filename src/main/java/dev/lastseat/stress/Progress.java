package dev.lastseat.stress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Prints the progress of a race once a second, as a sign that it does not hang. A race of
 * less than a second prints nothing.
 */
final class Progress {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final PrintWriter out;

	Progress(PrintWriter out) {
		this.out = out;
	}

	/**
	 * @param work the work to report on
	 * @param done the number of finished attempts, counted by the work
	 * @param total the number of all attempts
	 * @return the work, with reports while it runs
	 */
	<T> Mono<T> during(Mono<T> work, AtomicInteger done, int total) {
		Mono<T> reports = Flux.interval(INTERVAL)
			.doOnNext((tick) -> this.out.printf(Locale.ROOT, "... %,d of %,d attempts answered%n", done.get(), total))
			.then(Mono.never());
		return Mono.firstWithSignal(work, reports);
	}

}
