package dev.lastseat.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The elections of a replica set in a seed. Times are in microseconds.
 *
 * @param elections in the order of their times; empty in a set of one member
 * @param staleRate the probability that a command goes to a deposed primary that still
 * answers
 * @param maxLag the longest time until a write reaches the majority
 */
record ElectionPlan(List<Election> elections, double staleRate, long maxLag) {

	/** One member, which acknowledges its writes at once. */
	static final ElectionPlan NONE = new ElectionPlan(List.of(), 0, 1);

	private static final double[] STALE_RATES = { 0.1, 0.4, 0.7 };

	private static final long[] MAX_LAGS = { 500, 3_000, 10_000 };

	/**
	 * @param startWindow the time in which the steps begin
	 */
	static ElectionPlan of(SplittableRandom random, long startWindow) {
		List<Election> elections = Stream.generate(() -> Election.of(random, startWindow + 20_000))
			.limit(1 + random.nextInt(3))
			.sorted(Comparator.comparingLong(Election::at))
			.toList();
		return new ElectionPlan(elections, STALE_RATES[random.nextInt(STALE_RATES.length)],
				MAX_LAGS[random.nextInt(MAX_LAGS.length)]);
	}

	/**
	 * The same elections, each during a random group of steps.
	 * @param groups the times at which groups begin
	 */
	ElectionPlan inGroups(SplittableRandom random, List<Long> groups) {
		return new ElectionPlan(this.elections.stream()
			.map((election) -> election.later(groups.get(random.nextInt(groups.size()))))
			.sorted(Comparator.comparingLong(Election::at))
			.toList(), this.staleRate, this.maxLag);
	}

	boolean hasElections() {
		return !this.elections.isEmpty();
	}

}
