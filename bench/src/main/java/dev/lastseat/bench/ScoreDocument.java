package dev.lastseat.bench;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A score as machines read it. A ratio is that of the first side's figure to the
 * second's.
 *
 * @param eventDocumentBytes of big events, by the number of those that they were filled
 * with
 * @param histories what the checker says of all runs, or for big events that what is
 * stored is what was answered; of others there is no score
 */
record ScoreDocument(String engine, String java, int processors, Instant at, int pairs, int requests,
		List<RowDocument> rows, Map<Integer, Integer> eventDocumentBytes, String histories) {

	private static final JsonMapper JSON = new JsonMapper();

	static String json(Platform platform, BenchSettings settings, List<Result> results,
			Map<Integer, Integer> documents) {
		return JSON.writeValueAsString(new ScoreDocument(platform.engine(), platform.java(), platform.processors(),
				platform.at(), settings.pairs(), settings.requests(), results.stream().map(RowDocument::of).toList(),
				documents, documents.isEmpty() ? "linearizable" : "as stored"));
	}

	/**
	 * A comparison.
	 *
	 * @param unit of the figures of both sides
	 * @param goal of the median ratio; null where there is none
	 */
	record RowDocument(String name, String compared, String measure, String unit, @Nullable Goal goal,
			@Nullable Boolean met, Spread ratio, Side first, Side second) {

		static RowDocument of(Result result) {
			Row row = result.row();
			return new RowDocument(row.name(), row.what(), row.measure().name().toLowerCase(Locale.ROOT),
					row.measure().unit(), row.goal(), result.met(), result.ratio(), result.first(), result.second());
		}

	}

}
