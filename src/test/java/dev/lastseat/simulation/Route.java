package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * The member that receives one command, and the confirmation of its write. Times are in
 * microseconds.
 *
 * @param stale whether it goes to a deposed primary, if one still answers
 * @param pick selects one of several deposed primaries, 0 to 1
 * @param lag time until the majority has its write
 * @param timeout longest wait of the caller for the majority
 * @param failure the answer to the caller if the majority never has its write
 */
record Route(boolean stale, double pick, long lag, long timeout, CommitFailure failure) {

	/**
	 * Always draws the same number of random values.
	 * @param home the preferred route of the step, 0 to 1: most of its commands take it
	 */
	static Route next(SplittableRandom random, double home, ElectionPlan elections) {
		boolean preferred = random.nextBoolean();
		double other = random.nextDouble();
		CommitFailure[] failures = CommitFailure.values();
		return new Route((preferred ? home : other) < elections.staleRate(), random.nextDouble(),
				random.nextLong(1, elections.maxLag() + 1), random.nextLong(5_000, 50_000),
				failures[random.nextInt(failures.length)]);
	}

}
