package dev.lastseat.stress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How fast the first and the last of many were answered: whether an event that has become
 * large is slower than a new one.
 */
final class Pace {

	/** How many make a rate. */
	static final int STRETCH = 50_000;

	private static final int BEGIN = 0;

	private static final int FIRST = 1;

	private static final int LAST = 2;

	private static final int END = 3;

	private final int total;

	private final AtomicLongArray moments = new AtomicLongArray(END + 1);

	/**
	 * @param total how many there will be
	 */
	Pace(int total) {
		this.total = total;
	}

	/** The gate has opened. */
	void begin(long nanoTime) {
		this.moments.set(BEGIN, nanoTime);
	}

	/**
	 * @param number how many have been answered now, this one included
	 */
	void answered(int number) {
		if (number == STRETCH) {
			this.moments.set(FIRST, System.nanoTime());
		}
		if (number == this.total - STRETCH) {
			this.moments.set(LAST, System.nanoTime());
		}
		if (number == this.total) {
			this.moments.set(END, System.nanoTime());
		}
	}

	/**
	 * @return both rates, each second; empty where there were too few to tell them apart
	 */
	Optional<Rates> rates() {
		return (this.total < 2 * STRETCH) ? Optional.empty()
				: Optional.of(new Rates(rate(BEGIN, FIRST), rate(LAST, END)));
	}

	private double rate(int from, int to) {
		Duration taken = Duration.ofNanos(this.moments.get(to) - this.moments.get(from));
		return STRETCH * 1e9 / Math.max(1, taken.toNanos());
	}

	/** Answers, each second. */
	record Rates(double first, double last) {
	}

}
