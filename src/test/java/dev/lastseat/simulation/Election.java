package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * Another member of the replica set becomes the primary. Times are in microseconds.
 *
 * @param at time of the election
 * @param cutOff how long before the election the old primary loses the majority
 * @param kept the share of the unacknowledged writes that the new primary has, from 0 to
 * 1
 * @param linger how long the old primary continues to answer
 */
record Election(long at, long cutOff, double kept, long linger) {

	static Election of(SplittableRandom random, long latest) {
		long cutOff = random.nextBoolean() ? random.nextLong(20_000) : 0;
		return new Election(random.nextLong(latest), cutOff, random.nextDouble(), random.nextLong(1, 30_000));
	}

	Election later(long micros) {
		return new Election(this.at + micros, this.cutOff, this.kept, this.linger);
	}

	long cutOffAt() {
		return Math.max(0, this.at - this.cutOff);
	}

}
