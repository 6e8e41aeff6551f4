package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * Another member of the replica set becomes the primary. Times are in microseconds.
 *
 * @param at when
 * @param cutOff how long before that the old primary has lost the majority
 * @param kept the part of the writes without acknowledgement that the new primary has, 0
 * to 1
 * @param linger how long the old primary goes on answering
 */
record Election(long at, long cutOff, double kept, long linger) {

	static Election of(SplittableRandom random, long latest) {
		long cutOff = random.nextBoolean() ? random.nextLong(20_000) : 0;
		return new Election(random.nextLong(latest), cutOff, random.nextDouble(), random.nextLong(1, 30_000));
	}

	long cutOffAt() {
		return Math.max(0, this.at - this.cutOff);
	}

}
