package dev.lastseat.bench;

import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * What the runs of one candidate came to, taken together.
 *
 * @param name of the candidate
 * @param figure that is compared, of each run
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 * @param asked requests that were sent
 * @param undecided requests that got no decision, or were given up
 * @param late requests that were not decided within {@link Run#DEADLINE}, or not at all
 * @param lateBeside the same, of the requests that only kept the service busy
 * @param commands that the service sent to the database for each of those that were sent
 * @param bytes that its threads allocated for each of them
 */
record Side(String name, Spread figure, double p50, double p99, long asked, long undecided, long late, long lateBeside,
		double commands, double bytes) {

	static Side of(Candidate candidate, Measure measure, List<Run> runs) {
		Run all = runs.stream().reduce(Side::together).orElseThrow();
		double asked = Math.max(1, all.asked());
		return new Side(candidate.name(), Spread.of(runs.stream().mapToDouble(measure::of).toArray()), all.latency(50),
				all.latency(99), all.asked(), all.undecided(), all.late(), all.lateBeside(),
				all.cost().commands() / asked, all.cost().bytes() / asked);
	}

	private static Run together(Run one, Run other) {
		Histogram latencies = one.latencies().copy();
		latencies.add(other.latencies());
		return new Run(latencies, one.asked() + other.asked(), one.undecided() + other.undecided(),
				one.lateBeside() + other.lateBeside(), one.taken().plus(other.taken()), one.cost().plus(other.cost()));
	}

}
