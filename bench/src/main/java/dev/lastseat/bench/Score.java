package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * The ratios, of runs that were all explained.
 */
final class Score {

	private final Platform platform;

	private final BenchSettings settings;

	private final List<Result> results;

	private final Map<Integer, Integer> documents;

	/**
	 * @param documents how many bytes the documents of big events have, by the number of
	 * those who are registered for them
	 */
	Score(Platform platform, BenchSettings settings, List<Result> results, Map<Integer, Integer> documents) {
		this.platform = platform;
		this.settings = settings;
		this.results = List.copyOf(results);
		this.documents = documents;
	}

	/** As tables, for people to read. */
	public void print(PrintWriter out) {
		ScoreTable.print(this.platform, this.settings, this.results, this.documents, out);
		out.flush();
	}

	/** As one JSON document. */
	public void printJson(PrintWriter out) {
		out.println(ScoreDocument.json(this.platform, this.settings, this.results, this.documents));
		out.flush();
	}

}
