package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The extent of a measurement.
 *
 * @param only the name of the row to measure, or the prefix of the names of several; null
 * for all rows except the cancellation rows, the rows of big and crowded events, whose
 * preparation is long, and those that {@code quick} leaves out
 * @param quick leaves out the rows with fewer clients and the rows that take minutes
 * @param pairs the number of pairs of each row, at least {@value #MIN_PAIRS}
 * @param requests the maximum of requests in a run of a closed loop
 * @param limit the time limit of a run of a closed loop; the run then has fewer requests
 * @param length the duration of a run with a duration
 * @param counted whether the number of requests was requested: then it also bounds the
 * runs with a duration, and the number of streams
 */
record BenchSettings(@Nullable String only, boolean quick, int pairs, int requests, Duration limit, Duration length,
		boolean counted) {

	/** The minimum of pairs: fewer say little about the variation of the ratios. */
	public static final int MIN_PAIRS = 5;

	static final String STANDINGS = "standings-p99";

	/**
	 * The names of the rows in their order, without the rows of holds, cancellations, big
	 * events and crowded events.
	 */
	public static final List<String> ROWS = List.of("refusal", "booking", "status", "event", "registration", "journal",
			"quiet", "storm", "streams-heap", "streams-p99", STANDINGS, "watched", "hot-16", "hot-64", "hot-256",
			"sale", "alone", "duplicates", "goodput", "warm");

	/**
	 * The rows with fewer clients, which show how the ratio grows with the number of
	 * clients, and the first minute of new processes.
	 */
	private static final List<String> NOT_QUICK = List.of("hot-16", "hot-64", "warm");

	/** An even number: each side goes first equally often. */
	private static final int PAIRS = 6;

	private static final int REQUESTS = 20_000;

	/** Two requests of each client of the largest row. */
	private static final int QUICK_REQUESTS = 2 * Workloads.MAX_CLIENTS;

	/** The number of new processes. */
	private static final int STARTS = 2;

	/** No run sends more: each request of a run has its own user. */
	private static final int MAX_WINDOW = RequestTemplate.MAX_USERS / 2;

	private static final Duration LIMIT = Duration.ofSeconds(2);

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
				(requests != null) ? requests : fittingRequests, (requests != null) ? ASKED_LIMIT : length, length,
				requests != null);
	}

	/** The maximum of requests in a run of a closed loop with a duration. */
	int windowRequests() {
		return atMost(MAX_WINDOW);
	}

	/**
	 * @return the number, or the requested number of requests when that is lower
	 */
	int atMost(int number) {
		return this.counted ? Math.min(number, this.requests) : number;
	}

	/**
	 * The time limit of a closed loop with a duration. A requested number of requests is
	 * sent on a slow machine, too.
	 */
	Duration window(Duration duration) {
		return this.counted ? this.limit : duration;
	}

	/** The number of new processes that are measured: each takes more than a minute. */
	int starts() {
		return STARTS;
	}

	/**
	 * Whether the requests of a row are not recorded, because each has one correct
	 * answer.
	 */
	static boolean isUnrecorded(String row) {
		return HoldRows.isUnrecorded(row) || CrowdedRows.names().contains(row) || row.equals(STANDINGS);
	}

	/** The names of the rows to measure, in their order. */
	public List<String> rows() {
		String asked = this.only;
		if (asked == null) {
			return Stream
				.concat(ROWS.stream().filter((row) -> !(this.quick && NOT_QUICK.contains(row))),
						(this.quick ? HoldRows.quickNames() : HoldRows.names()).stream())
				.toList();
		}
		List<String> all = Stream
			.of(ROWS, HoldRows.names(), CancellationRows.names(), BigRows.names(), CrowdedRows.names())
			.flatMap(List::stream)
			.toList();
		return all.contains(asked) ? List.of(asked) : all.stream().filter((row) -> row.startsWith(asked)).toList();
	}

}
