package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * What becomes of one command in a replica set. Times are in microseconds.
 *
 * @param stale whether it goes to a deposed primary, if there is one that still answers
 * @param pick which one of several, 0 to 1
 * @param lag until the majority has what it wrote, if it gets that far
 * @param timeout how long its caller waits for the majority
 * @param failure what the caller is told if it does not get that far
 */
record Route(boolean stale, double pick, long lag, long timeout, CommitFailure failure) {

	/**
	 * Draws as many numbers whatever they are.
	 * @param home of the call, 0 to 1: most of its commands go the same way
	 */
	static Route next(SplittableRandom random, double home, ElectionPlan elections) {
		boolean stays = random.nextBoolean();
		double way = random.nextDouble();
		CommitFailure[] failures = CommitFailure.values();
		return new Route((stays ? home : way) < elections.staleRate(), random.nextDouble(),
				random.nextLong(1, elections.maxLag() + 1), random.nextLong(5_000, 50_000),
				failures[random.nextInt(failures.length)]);
	}

}
