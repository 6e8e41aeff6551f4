package dev.lastseat.stress.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * The ratios, of runs that were all explained.
 */
public record Score(List<Result> results) {

	public void print(PrintWriter out) {
		for (Result result : results) {
			Spread r = result.ratio();
			out.printf("%-40s %.2f (%.2f - %.2f) %,.0f / %,.0f %s%n", result.row().what(), r.median(), r.min(), r.max(),
					result.first().median(), result.second().median(), result.row().measure().unit());
			for (List<Run> runs : List.of(result.firsts(), result.seconds())) {
				out.printf("   commands %.3f bytes %,d%n", runs.get(0).cost().commands() / (double) runs.get(0).asked(),
						runs.get(0).cost().bytes() / runs.get(0).asked());
			}
		}
		out.flush();
	}

}
