package dev.lastseat.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What becomes of a replica set. Times are in microseconds.
 *
 * @param held in the order of their times; none in a set of one member
 * @param stale the chance that a command goes to a deposed primary, if there is one that
 * still answers
 * @param lag how long a write takes at most to reach the majority
 */
record Elections(List<Election> held, double stale, long lag) {

	/** One member, which needs no acknowledgement. */
	static final Elections NONE = new Elections(List.of(), 0, 1);

	private static final double[] STALE = { 0.1, 0.4, 0.7 };

	private static final long[] LAGS = { 500, 3_000, 10_000 };

	/**
	 * @param rush the time in which the calls begin
	 */
	static Elections of(SplittableRandom random, long rush) {
		List<Election> held = Stream.generate(() -> Election.of(random, rush + 20_000))
			.limit(1 + random.nextInt(3))
			.sorted(Comparator.comparingLong(Election::at))
			.toList();
		return new Elections(held, STALE[random.nextInt(STALE.length)], LAGS[random.nextInt(LAGS.length)]);
	}

	boolean areHeld() {
		return !this.held.isEmpty();
	}

}
