package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a score as tables. */
final class ScoreTable {

	private static final String ROW = "%-23s %-33s %-22s %-22s %s%n";

	private static final String COST = "%-23s %-23s %-26s %-23s %-23s %s%n";

	private ScoreTable() {
	}

	static void print(Platform platform, BenchSettings settings, List<Result> results, Map<Integer, Integer> documents,
			PrintWriter out) {
		out.printf(Locale.ROOT, "On %s, Java %s, %d processors, %s%n", platform.engine(), platform.java(),
				platform.processors(), platform.at());
		out.printf(Locale.ROOT, """
				Medians of %d pairs of runs in the order A B B A, with the lowest and highest ratio.
				The load generator runs on the measured machine and uses part of its CPU.%n""", settings.pairs());
		out.println();
		out.printf(Locale.ROOT, ROW, "", "compared", "ratio", "goal", "medians");
		results.forEach((result) -> printRow(result, out));
		out.println();
		out.println("For each request sent, first / second:");
		out.printf(Locale.ROOT, COST, "", "commands", "bytes allocated", "not decided, total", "late (over 1 s), total",
				"late beside, total");
		results.forEach((result) -> printCost(result, out));
		out.println();
		if (documents.isEmpty()) {
			out.println("linearizable: yes, all of " + results.size() * settings.pairs() * 2 + " runs");
		}
		else {
			documents.forEach((registrations, bytes) -> out.printf(Locale.ROOT,
					"Document of the event with %,d initial registrations: %,d bytes%n", registrations, bytes));
			out.println();
			out.println("Every answer was correct, and exactly the expected users are registered.");
		}
	}

	private static void printRow(Result result, PrintWriter out) {
		Row row = result.row();
		Spread ratio = result.ratio();
		out.printf(Locale.ROOT, ROW, row.name(), row.what(),
				format("%.2f (%.2f - %.2f)", ratio.median(), ratio.min(), ratio.max()), goal(result),
				side(result.first(), row.measure()) + ", " + side(result.second(), row.measure()));
	}

	private static String goal(Result result) {
		Goal goal = result.row().goal();
		if (goal == null) {
			return "";
		}
		return format("%s %s%s %s", goal.atLeast() ? ">=" : "<=",
				format("%.2f", goal.bound()).replaceAll("\\.?0+$", ""), goal.noneLate() ? ", 0 late" : "",
				Boolean.TRUE.equals(result.met()) ? "ok" : "missed");
	}

	private static String side(Side side, Measure measure) {
		return side.name() + " " + measure.format(side.figure().median());
	}

	private static void printCost(Result result, PrintWriter out) {
		Side first = result.first();
		Side second = result.second();
		out.printf(Locale.ROOT, COST, result.row().name(), format("%.3f / %.3f", first.commands(), second.commands()),
				format("%,.0f / %,.0f", first.bytes(), second.bytes()), counts(first.undecided(), second.undecided()),
				counts(first.late(), second.late()), counts(first.lateBeside(), second.lateBeside()));
	}

	private static String counts(long first, long second) {
		return format("%,d / %,d", first, second);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
