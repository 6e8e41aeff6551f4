package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Sends each kind of request before the first measurement, in rounds, until no rate grows
 * any more: then the JVM has compiled and optimized the code of all of them. The kinds
 * alternate, as they do in production, because code that is shared by several of them is
 * optimized for the mix.
 */
final class WarmUp {

	/** The time limit. On a machine without other load, rates grow for about a minute. */
	private static final Duration LIMIT = Duration.ofSeconds(150);

	/**
	 * The minimum duration. Rates can stop growing for a while long before the JVM has
	 * optimized all code.
	 */
	static final Duration MIN = Duration.ofSeconds(60);

	/** One round without growth can be chance. */
	private static final int ROUNDS_WITHOUT_GROWTH = 2;

	/** A rate that is this much above the best of earlier rounds has grown. */
	private static final double GROWTH = 1.03;

	private final LongSupplier clock;

	private final Function<Candidate, Run> measurement;

	private final PrintWriter progress;

	private final Duration min;

	/**
	 * @param clock in nanoseconds since any origin
	 * @param min the minimum duration, less than the time limit
	 */
	WarmUp(LongSupplier clock, Function<Candidate, Run> measurement, PrintWriter progress, Duration min) {
		this.min = min;
		this.clock = clock;
		this.measurement = measurement;
		this.progress = progress;
	}

	/**
	 * The candidates that warm up these rows: those marked for it, or else all.
	 * @param otherwise warms up rows that all start processes of their own
	 */
	static List<Candidate> of(List<Row> rows, Candidate otherwise) {
		List<Candidate> all = rows.stream()
			.filter((row) -> row.order() == Row.Order.ALTERNATING)
			.flatMap((row) -> row.candidates().stream())
			.distinct()
			.toList();
		List<Candidate> marked = all.stream().filter(Candidate::warming).toList();
		if (all.isEmpty()) {
			return List.of(otherwise);
		}
		return marked.isEmpty() ? all : marked;
	}

	/**
	 * @return the number of rounds
	 */
	int run(List<Candidate> candidates) {
		double[] best = new double[candidates.size()];
		long start = this.clock.getAsLong();
		int rounds = 0;
		int without = 0;
		while ((without < ROUNDS_WITHOUT_GROWTH || isShorter(start, this.min)) && isShorter(start, LIMIT)) {
			rounds++;
			without = (grows(candidates, rounds, best) || rounds == 1) ? 0 : without + 1;
		}
		return rounds;
	}

	private boolean isShorter(long start, Duration duration) {
		return this.clock.getAsLong() - start < duration.toNanos();
	}

	/** Runs one round, and tells whether a rate has grown. */
	private boolean grows(List<Candidate> candidates, int round, double[] best) {
		boolean grown = false;
		for (int number = 0; number < best.length; number++) {
			Candidate candidate = candidates.get(number);
			double rate = this.measurement.apply(candidate).rate();
			this.progress.printf(Locale.ROOT, "... warm-up, round %d: %s %s%n", round, candidate.name(),
					Measure.RATE.format(rate));
			grown |= rate > best[number] * GROWTH;
			best[number] = Math.max(best[number], rate);
		}
		return grown;
	}

}
