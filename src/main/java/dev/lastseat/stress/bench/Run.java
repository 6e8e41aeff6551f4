package dev.lastseat.stress.bench;

import java.time.Duration;

import org.HdrHistogram.Histogram;

/**
 * What one run came to.
 *
 * @param latencies in nanoseconds, from the intended start, of the requests that were
 * decided in time
 * @param asked requests that were sent
 * @param taken from the first request to the last that was decided in time, or all of the
 * time where that was too short
 * @param cost what the requests cost the service
 */
record Run(Histogram latencies, long asked, Duration taken, Cost cost) {

	/** As long as people wait before they take it for broken. */
	static final Duration DEADLINE = Duration.ofSeconds(1);

	private static final double NANOS_IN_A_SECOND = 1e9;

	private static final double NANOS_IN_A_MILLI = 1e6;

	Run with(Cost cost) {
		return new Run(this.latencies, this.asked, this.taken, cost);
	}

	/** Decided requests, each second. */
	double rate() {
		return this.latencies.getTotalCount() * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** Requests decided within the deadline, each second. */
	double goodput() {
		return this.latencies.getCountBetweenValues(0, DEADLINE.toNanos()) * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** In milliseconds. */
	double latency(double percentile) {
		return this.latencies.getValueAtPercentile(percentile) / NANOS_IN_A_MILLI;
	}

}
