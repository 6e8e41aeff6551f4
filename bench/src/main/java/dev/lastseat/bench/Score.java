package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The ratios of all rows, after the history of every run was checked. */
final class Score {

	private final Platform platform;

	private final BenchSettings settings;

	private final int warmUpRounds;

	private final List<Result> results;

	private final Map<Integer, Integer> documents;

	/**
	 * @param warmUpRounds the number of rounds before the first measurement
	 * @param documents the size of the documents of big events in bytes, by the initial
	 * number of registrations
	 */
	Score(Platform platform, BenchSettings settings, int warmUpRounds, List<Result> results,
			Map<Integer, Integer> documents) {
		this.platform = platform;
		this.settings = settings;
		this.warmUpRounds = warmUpRounds;
		this.results = List.copyOf(results);
		this.documents = documents;
	}

	/** Prints tables. */
	void print(PrintWriter out) {
		ScoreTable.print(this.platform, this.settings, this.warmUpRounds, this.results, this.documents, out);
		out.flush();
	}

	/** Prints one JSON document. */
	void printJson(PrintWriter out) {
		out.println(ScoreDocument.json(this.platform, this.settings, this.warmUpRounds, this.results, this.documents));
		out.flush();
	}

}
