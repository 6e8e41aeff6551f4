package dev.lastseat.bench;

import java.time.Duration;

import org.HdrHistogram.Histogram;

/**
 * Creates runs with given results.
 */
final class Runs {

	private static final int DIGITS = 3;

	private Runs() {
	}

	/**
	 * A run of one second in which this number of requests was decided, each in a
	 * millisecond.
	 */
	static Run ofRate(int decided) {
		return of(Duration.ofSeconds(1), 0, Duration.ofMillis(1), decided);
	}

	static Run of(Duration taken, long undecided, Duration latency, int decided) {
		Histogram latencies = new Histogram(DIGITS);
		latencies.recordValueWithCount(latency.toNanos(), decided);
		return new Run(latencies, decided + undecided, undecided, 0, taken,
				new Cost(2L * decided, 1000L * decided, 50L * decided), 0);
	}

}
