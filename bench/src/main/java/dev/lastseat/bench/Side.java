package dev.lastseat.bench;

import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * The combined runs of one candidate.
 *
 * @param name the name of the candidate
 * @param figure the compared value of each run
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 * @param asked the requests that were sent
 * @param undecided the requests without a decision, including those given up
 * @param late the requests that were not decided within {@link Run#DEADLINE}, or not at
 * all
 * @param lateBeside the late requests of the background load
 * @param commands the commands that the service sent to the database, for each request
 * @param bytes the bytes that the threads of the service allocated, for each request
 * @param cpuMicros the microseconds of CPU time that the process used, for each request
 */
record Side(String name, Spread figure, double p50, double p99, long asked, long undecided, long late, long lateBeside,
		double commands, double bytes, double cpuMicros) {

	static Side of(Candidate candidate, Measure measure, List<Run> runs) {
		Run all = runs.stream().reduce(Side::together).orElseThrow();
		double asked = Math.max(1, all.asked());
		return new Side(candidate.name(), Spread.of(runs.stream().mapToDouble(measure::of).toArray()), all.latency(50),
				all.latency(99), all.asked(), all.undecided(), all.late(), all.lateBeside(),
				all.cost().commands() / asked, all.cost().bytes() / asked, all.cost().cpuMicros() / asked);
	}

	private static Run together(Run one, Run other) {
		Histogram latencies = one.latencies().copy();
		latencies.add(other.latencies());
		return new Run(latencies, one.asked() + other.asked(), one.undecided() + other.undecided(),
				one.lateBeside() + other.lateBeside(), one.taken().plus(other.taken()), one.cost().plus(other.cost()),
				one.heap() + other.heap());
	}

}
