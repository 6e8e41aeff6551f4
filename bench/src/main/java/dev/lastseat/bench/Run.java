package dev.lastseat.bench;

import java.time.Duration;

import org.HdrHistogram.Histogram;

/**
 * The result of one run.
 *
 * @param latencies in nanoseconds from the intended start, of the requests that were
 * decided in time
 * @param asked the requests that were sent, including the background load
 * @param undecided the requests without a decision, including those given up
 * @param lateBeside the {@linkplain #late late} requests of the background load
 * @param taken the time from the first request to the last decision in time, or the full
 * time when requests remained
 * @param cost what the requests cost the service
 * @param heap the bytes of the heap that are in use because of the requests, where that
 * is measured
 */
record Run(Histogram latencies, long asked, long undecided, long lateBeside, Duration taken, Cost cost, long heap) {

	/**
	 * The deadline of a decision: about as long as a user waits before giving up.
	 */
	static final Duration DEADLINE = Duration.ofSeconds(1);

	private static final double NANOS_IN_A_SECOND = 1e9;

	private static final double NANOS_IN_A_MILLI = 1e6;

	private static final double BYTES_IN_A_KILOBYTE = 1024;

	/**
	 * Latency of requests that were not decided. A rejected user who has to try again is
	 * not served earlier than that.
	 */
	private static final Duration NEVER = Duration.ofSeconds(10);

	Run with(Cost spent) {
		return new Run(this.latencies, this.asked, this.undecided, this.lateBeside, this.taken, spent, this.heap);
	}

	Run lasting(Duration length) {
		return new Run(this.latencies, this.asked, this.undecided, this.lateBeside, length, this.cost, this.heap);
	}

	/** Adds a second load that ran at the same time, as background load. */
	Run beside(Run other) {
		return new Run(this.latencies, this.asked + other.asked, this.undecided, this.lateBeside + other.late(),
				this.taken, this.cost, this.heap);
	}

	/** The kilobytes of heap for each request. */
	double heapEach() {
		return this.heap / BYTES_IN_A_KILOBYTE / Math.max(1, this.asked);
	}

	/** Decided requests per second. */
	double rate() {
		return this.latencies.getTotalCount() * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** Requests per second that were decided within the deadline. */
	double goodput() {
		return this.latencies.getCountBetweenValues(0, DEADLINE.toNanos()) * NANOS_IN_A_SECOND / this.taken.toNanos();
	}

	/** The requests that were not decided within the deadline, or not at all. */
	long late() {
		return this.undecided + this.latencies.getTotalCount()
				- this.latencies.getCountBetweenValues(0, DEADLINE.toNanos());
	}

	/**
	 * The latency in milliseconds. A request without a decision counts as very slow.
	 */
	double latency(double percentile) {
		Histogram all = this.latencies.copy();
		all.recordValueWithCount(NEVER.toNanos(), this.undecided);
		return all.getValueAtPercentile(percentile) / NANOS_IN_A_MILLI;
	}

}
