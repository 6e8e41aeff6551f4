package dev.lastseat.bench;

import java.time.Duration;

import org.HdrHistogram.Histogram;

/**
 * What one run came to.
 *
 * @param latencies in nanoseconds, from the intended start, of the requests that were
 * decided in time
 * @param asked requests that were sent, also those that only keep the service busy
 * @param undecided requests that got no decision, or were given up
 * @param lateBeside requests that only keep the service busy, and were {@linkplain #late
 * late}
 * @param taken from the first request to the last that was decided in time, or all of the
 * time where that was too short
 * @param cost what the requests cost the service
 */
record Run(Histogram latencies, long asked, long undecided, long lateBeside, Duration taken, Cost cost) {

	/** As long as people wait before they take it for broken. */
	static final Duration DEADLINE = Duration.ofSeconds(1);

	private static final double NANOS_IN_A_SECOND = 1e9;

	private static final double NANOS_IN_A_MILLI = 1e6;

	/**
	 * What is waited for an answer that never decides anything. Whoever was told to come
	 * back has not been served sooner than that.
	 */
	private static final Duration NEVER = Duration.ofSeconds(10);

	Run with(Cost spent) {
		return new Run(this.latencies, this.asked, this.undecided, this.lateBeside, this.taken, spent);
	}

	Run lasting(Duration length) {
		return new Run(this.latencies, this.asked, this.undecided, this.lateBeside, length, this.cost);
	}

	/** Beside another one, whose requests cost something as well. */
	Run beside(Run other) {
		return new Run(this.latencies, this.asked + other.asked, this.undecided, this.lateBeside + other.late(),
				this.taken, this.cost);
	}

	/** Decided requests, each second. */
	double rate() {
		return this.latencies.getTotalCount() * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** Requests decided within the deadline, each second. */
	double goodput() {
		return this.latencies.getCountBetweenValues(0, DEADLINE.toNanos()) * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** Requests that were not decided within the deadline, or not at all. */
	long late() {
		return this.undecided + this.latencies.getTotalCount()
				- this.latencies.getCountBetweenValues(0, DEADLINE.toNanos());
	}

	/**
	 * In milliseconds. A request that was not decided counts as one that took very long.
	 */
	double latency(double percentile) {
		Histogram all = this.latencies.copy();
		all.recordValueWithCount(NEVER.toNanos(), this.undecided);
		return all.getValueAtPercentile(percentile) / NANOS_IN_A_MILLI;
	}

}
