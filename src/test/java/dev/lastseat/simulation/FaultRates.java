package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * The probability of each fault in a seed, and when connections are refused. Times are in
 * microseconds of virtual time.
 *
 * @param moved the probability that another process changes the state
 * @param refusedFrom the time from which connections are refused
 * @param refusedTo the end of this time; not after its start if there is none
 */
record FaultRates(double slow, double failedBefore, double replyLost, double appliedLate, double moved,
		long refusedFrom, long refusedTo) {

	/** Delays and other processes, but no faults. */
	private static final double[] FAIR = { 0 };

	private static final double[] CHANCES = { 0, 0.03, 0.1, 0.2 };

	private static final double[] CHANCES_TO_MOVE = { 0, 0.2, 0.4, 0.6, 0.8, 1 };

	static FaultRates of(SplittableRandom random, boolean othersWrite) {
		double[] chances = (random.nextInt(4) == 0) ? FAIR : CHANCES;
		double slow = any(chances, random);
		double failedBefore = any(chances, random);
		double replyLost = any(chances, random);
		double appliedLate = any(chances, random);
		double moved = any(CHANCES_TO_MOVE, random);
		long from = random.nextLong(20_000);
		long length = random.nextBoolean() ? random.nextLong(5_000) : 0;
		return new FaultRates(slow, failedBefore, replyLost, appliedLate, othersWrite ? moved : 0, from, from + length);
	}

	private static double any(double[] values, SplittableRandom random) {
		return values[random.nextInt(values.length)];
	}

	/** These rates without faults of commands. */
	FaultRates fair() {
		return new FaultRates(0, 0, 0, 0, this.moved, 0, 0);
	}

	boolean refuses(long now) {
		return now >= this.refusedFrom && now < this.refusedTo;
	}

}
