package dev.lastseat.stress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures the rate of the first and of the last answers of a race. The comparison shows
 * whether a large event is slower than a new one.
 */
final class Pace {

	/** The number of answers of which a rate is taken. */
	static final int SAMPLE = 50_000;

	private static final int BEGIN = 0;

	private static final int FIRST = 1;

	private static final int LAST = 2;

	private static final int END = 3;

	private final int total;

	private final AtomicLongArray moments = new AtomicLongArray(END + 1);

	/**
	 * @param total the number of answers of the race
	 */
	Pace(int total) {
		this.total = total;
	}

	/** Called when the attempts are released. */
	void begin(long nanoTime) {
		this.moments.set(BEGIN, nanoTime);
	}

	/**
	 * @param number the number of answers so far, including this one
	 */
	void answered(int number) {
		if (number == SAMPLE) {
			this.moments.set(FIRST, System.nanoTime());
		}
		if (number == this.total - SAMPLE) {
			this.moments.set(LAST, System.nanoTime());
		}
		if (number == this.total) {
			this.moments.set(END, System.nanoTime());
		}
	}

	/**
	 * @return both rates; empty when there are too few answers for two rates
	 */
	Optional<Rates> rates() {
		return (this.total < 2 * SAMPLE) ? Optional.empty()
				: Optional.of(new Rates(rate(BEGIN, FIRST), rate(LAST, END)));
	}

	private double rate(int from, int to) {
		Duration taken = Duration.ofNanos(this.moments.get(to) - this.moments.get(from));
		return SAMPLE * 1e9 / Math.max(1, taken.toNanos());
	}

	/** Answers per second. */
	record Rates(double first, double last) {
	}

}
