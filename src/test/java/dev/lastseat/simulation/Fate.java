package dev.lastseat.simulation;

import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one command. Times are in microseconds.
 *
 * @param fault null for none
 * @param there the way to the store
 * @param back the way back
 * @param timeout when its caller is told that time is up, should it come late
 * @param late how much later than that it takes effect
 * @param moved whether another process makes use of the moment after it
 */
record Fate(@Nullable Fault fault, long there, long back, long timeout, long late, boolean moved) {

	/**
	 * Draws as many numbers whatever they are, so that what becomes of one command has no
	 * influence on the next.
	 */
	static Fate next(SplittableRandom random, Weather weather) {
		Fault fault = fault(random.nextDouble(), weather);
		long pace = (fault == Fault.SLOW) ? 10 : 1;
		return new Fate(fault, pace * random.nextLong(1, 2_000), pace * random.nextLong(1, 2_000),
				random.nextLong(2_000, 10_000), random.nextLong(1, 50_000), random.nextDouble() < weather.moved());
	}

	/** To the store and back. */
	long trip() {
		return this.there + this.back;
	}

	private static @Nullable Fault fault(double chance, Weather weather) {
		double bound = weather.slow();
		if (chance < bound) {
			return Fault.SLOW;
		}
		bound += weather.failedBefore();
		if (chance < bound) {
			return Fault.FAILED_BEFORE;
		}
		bound += weather.replyLost();
		if (chance < bound) {
			return Fault.REPLY_LOST;
		}
		return (chance < bound + weather.appliedLate()) ? Fault.APPLIED_LATE : null;
	}

}
