package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param only the beginning of the names of the rows to measure; null for all but those
 * of cancellations, which are many, those of big events, which take long to fill, and
 * those that {@code quick} leaves out
 * @param quick leaves out the rows of the smaller crowds
 * @param pairs of each row, {@value #MIN_PAIRS} or more
 * @param requests of a run of a closed loop, at most
 * @param limit of the time of a run of a closed loop, which ends there with fewer
 * requests
 * @param length of a run of an open loop
 */
record BenchSettings(@Nullable String only, boolean quick, int pairs, int requests, Duration limit, Duration length) {

	/** Fewer say little of how far the ratios scatter. */
	public static final int MIN_PAIRS = 5;

	/**
	 * The names of the rows, in their order, without those of cancellations and of big
	 * events.
	 */
	public static final List<String> ROWS = List.of("hot-16", "hot-64", "hot-256", "sale", "quiet", "booking",
			"refusal", "alone", "duplicates", "storm", "goodput");

	/** They tell how what the largest crowd sees comes about. */
	private static final List<String> SMALLER_CROWDS = List.of("hot-16", "hot-64");

	/** So that either side goes first as often as the other. */
	private static final int PAIRS = 6;

	private static final int REQUESTS = 4000;

	/** Two of each client of the largest crowd. */
	private static final int QUICK_REQUESTS = 2 * Workloads.CROWD;

	private static final Duration LIMIT = Duration.ofSeconds(3);

	/**
	 * How long a run may take whose number of requests was asked for: a slow machine is
	 * to send them all.
	 */
	private static final Duration ASKED_LIMIT = Duration.ofMinutes(2);

	/** The p99 of an open loop is that of its second slowest request, then. */
	private static final Duration QUICK_LIMIT = Duration.ofMillis(500);

	/**
	 * @param pairs null for as many as fit into the time
	 * @param requests null for as many as fit into the time; else a run of a closed loop
	 * sends that many, however long it takes, and for more than fit an open loop is
	 * longer
	 */
	public static BenchSettings of(@Nullable String only, boolean quick, @Nullable Integer pairs,
			@Nullable Integer requests) {
		int fittingPairs = quick ? MIN_PAIRS : PAIRS;
		int fittingRequests = quick ? QUICK_REQUESTS : REQUESTS;
		Duration fittingLimit = quick ? QUICK_LIMIT : LIMIT;
		int times = (requests != null) ? Math.max(1, requests / fittingRequests) : 1;
		Duration length = fittingLimit.multipliedBy(times);
		return new BenchSettings(only, quick, (pairs != null) ? pairs : fittingPairs,
				(requests != null) ? requests : fittingRequests, (requests != null) ? ASKED_LIMIT : length, length);
	}

	/**
	 * How often each kind of request is tried before anything is measured: what is
	 * compiled early is compiled better later.
	 */
	int warmUpRounds() {
		return this.quick ? 2 : 3;
	}

	/** The names of the rows to measure, in their order. */
	public List<String> rows() {
		String asked = this.only;
		return (asked == null) ? ROWS.stream().filter((row) -> !(this.quick && SMALLER_CROWDS.contains(row))).toList()
				: Stream.of(ROWS, CancellationRows.names(), BigRows.names())
					.flatMap(List::stream)
					.filter((row) -> row.startsWith(asked))
					.toList();
	}

}
