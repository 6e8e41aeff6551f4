package dev.lastseat.bench;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of a score. A ratio is the first side's value divided by the second's;
 * without a second side it is the value.
 *
 * @param eventDocumentBytes the size of the documents of big events, by the initial
 * number of registrations
 * @param histories the result of the checks of all runs; for big events and events with
 * holds or waiting users, that the stored state matches the answers
 */
record ScoreDocument(String engine, String java, String jvmOptions, int processors, Instant at, int warmUpRounds,
		int pairs, int requests, List<RowDocument> rows, Map<Integer, Integer> eventDocumentBytes, String histories) {

	private static final JsonMapper JSON = new JsonMapper();

	static String json(Platform platform, BenchSettings settings, int warmUpRounds, List<Result> results,
			Map<Integer, Integer> documents) {
		return JSON.writeValueAsString(new ScoreDocument(platform.engine(), platform.java(), platform.jvmOptions(),
				platform.processors(), platform.at(), warmUpRounds, settings.pairs(), settings.requests(),
				results.stream().map(RowDocument::of).toList(), documents, histories(results, documents)));
	}

	private static String histories(List<Result> results, Map<Integer, Integer> documents) {
		boolean recorded = documents.isEmpty()
				&& results.stream().anyMatch((result) -> !BenchSettings.isUnrecorded(result.row().name()));
		return recorded ? "linearizable" : "as stored";
	}

	/**
	 * A row.
	 *
	 * @param unit the unit of the values of both sides
	 * @param goal the goal of the median ratio; null for none
	 */
	record RowDocument(String name, String compared, String measure, String unit, @Nullable Goal goal,
			@Nullable Boolean met, Spread ratio, Side first, @Nullable Side second) {

		static RowDocument of(Result result) {
			Row row = result.row();
			return new RowDocument(row.name(), row.what(), row.measure().name().toLowerCase(Locale.ROOT),
					row.measure().unit(), row.goal(), result.met(), result.ratio(), result.first(), result.second());
		}

	}

}
