package dev.lastseat.stress.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * The ratios, of runs that were all explained.
 */
public final class Score {

	private final Platform platform;

	private final BenchSettings settings;

	private final List<Result> results;

	Score(Platform platform, BenchSettings settings, List<Result> results) {
		this.platform = platform;
		this.settings = settings;
		this.results = List.copyOf(results);
	}

	/** As tables, for people to read. */
	public void print(PrintWriter out) {
		ScoreTable.print(this.platform, this.settings, this.results, out);
		out.flush();
	}

	/** As one JSON document. */
	public void printJson(PrintWriter out) {
		out.println(ScoreDocument.json(this.platform, this.settings, this.results));
		out.flush();
	}

}
