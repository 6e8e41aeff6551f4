package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The extent of a measurement.
 *
 * @param only the prefix of the names of the rows to measure; null for all rows except
 * the cancellation rows, the rows of big events, whose preparation is long, and those
 * that {@code quick} leaves out
 * @param quick leaves out the rows with fewer clients
 * @param pairs the number of pairs of each row, at least {@value #MIN_PAIRS}
 * @param requests the maximum of requests in a run of a closed loop
 * @param limit the time limit of a run of a closed loop; the run then has fewer requests
 * @param length the duration of a run of an open loop
 */
record BenchSettings(@Nullable String only, boolean quick, int pairs, int requests, Duration limit, Duration length) {

	/** The minimum of pairs: fewer say little about the variation of the ratios. */
	public static final int MIN_PAIRS = 5;

	/**
	 * The names of the rows in their order, without the rows of cancellations and big
	 * events.
	 */
	public static final List<String> ROWS = List.of("hot-16", "hot-64", "hot-256", "sale", "quiet", "booking",
			"refusal", "alone", "duplicates", "storm", "goodput");

	/**
	 * The rows with fewer clients. They show how the ratio grows with the number of
	 * clients.
	 */
	private static final List<String> FEWER_CLIENTS = List.of("hot-16", "hot-64");

	/** An even number: each side goes first equally often. */
	private static final int PAIRS = 6;

	private static final int REQUESTS = 4000;

	/** Two requests of each client of the largest row. */
	private static final int QUICK_REQUESTS = 2 * Workloads.MAX_CLIENTS;

	private static final Duration LIMIT = Duration.ofSeconds(3);

	/**
	 * The time limit of a run with a requested number of requests: long enough for a slow
	 * machine to send all of them.
	 */
	private static final Duration ASKED_LIMIT = Duration.ofMinutes(2);

	/** With this duration the p99 of an open loop is its second slowest request. */
	private static final Duration QUICK_LIMIT = Duration.ofMillis(500);

	/**
	 * @param pairs null for the default
	 * @param requests null for the default. Otherwise a run of a closed loop sends this
	 * number of requests without a short time limit, and an open loop lasts longer in
	 * proportion
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
	 * The number of warm-up rounds, in which each kind of request is sent before the
	 * first measurement. The JVM optimizes code that runs early and often.
	 */
	int warmUpRounds() {
		return this.quick ? 2 : 3;
	}

	/** The names of the rows to measure, in their order. */
	public List<String> rows() {
		String asked = this.only;
		return (asked == null) ? ROWS.stream().filter((row) -> !(this.quick && FEWER_CLIENTS.contains(row))).toList()
				: Stream.of(ROWS, CancellationRows.names(), BigRows.names())
					.flatMap(List::stream)
					.filter((row) -> row.startsWith(asked))
					.toList();
	}

}
