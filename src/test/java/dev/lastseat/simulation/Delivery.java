package dev.lastseat.simulation;

import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * The delivery of one command: its delays and its fault. Times are in microseconds.
 *
 * @param fault null for none
 * @param requestDelay time until the command reaches the store
 * @param replyDelay time until the reply reaches the caller
 * @param timeout time limit of the caller, if the command takes effect late
 * @param lateBy how long after the time limit a late command takes effect
 * @param moved whether another process changes the state right after the command
 */
record Delivery(@Nullable Fault fault, long requestDelay, long replyDelay, long timeout, long lateBy, boolean moved) {

	/**
	 * Always draws the same number of random values, so that the delivery of one command
	 * has no influence on the next.
	 */
	static Delivery next(SplittableRandom random, FaultRates rates) {
		Fault fault = fault(random.nextDouble(), rates);
		long factor = (fault == Fault.SLOW) ? 10 : 1;
		return new Delivery(fault, factor * random.nextLong(1, 2_000), factor * random.nextLong(1, 2_000),
				random.nextLong(2_000, 10_000), random.nextLong(1, 50_000), random.nextDouble() < rates.moved());
	}

	long roundTrip() {
		return this.requestDelay + this.replyDelay;
	}

	private static @Nullable Fault fault(double chance, FaultRates rates) {
		double bound = rates.slow();
		if (chance < bound) {
			return Fault.SLOW;
		}
		bound += rates.failedBefore();
		if (chance < bound) {
			return Fault.FAILED_BEFORE;
		}
		bound += rates.replyLost();
		if (chance < bound) {
			return Fault.REPLY_LOST;
		}
		return (chance < bound + rates.appliedLate()) ? Fault.APPLIED_LATE : null;
	}

}
