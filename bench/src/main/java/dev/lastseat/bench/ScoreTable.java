package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints a score as Markdown, for the page of measurements. */
final class ScoreTable {

	private static final String NONE = "";

	private ScoreTable() {
	}

	static void print(Platform platform, BenchSettings settings, int warmUpRounds, List<Result> results,
			Map<Integer, Integer> documents, PrintWriter out) {
		out.printf(Locale.ROOT, "On %s, Java %s (%s), %d processors, %s.%n", platform.engine(), platform.java(),
				platform.jvmOptions(), platform.processors(), platform.at());
		out.printf(Locale.ROOT,
				"""
						Medians of %d pairs of runs in the order A B B A, after %d rounds of warm-up, with the lowest and highest.
						The load generator runs on the measured machine and uses part of its CPU.%n""",
				settings.pairs(), warmUpRounds);
		out.println();
		MarkdownTable rows = new MarkdownTable("row", "compared", "result", "goal", "", "medians");
		results.forEach((result) -> addRow(result, rows));
		rows.print(out);
		out.println();
		out.println(
				"Cost of each request for the measured process, first / second. The CPU time includes the collector,");
		out.println("the compilers and the embedded engine. The allocated bytes do not include the embedded engine.");
		out.println();
		MarkdownTable costs = new MarkdownTable("row", "CPU time in us", "bytes allocated", "commands",
				"not decided, total", "late (over 1 s), total", "late beside, total");
		results.forEach((result) -> addCost(result, costs));
		costs.print(out);
		out.println();
		if (documents.isEmpty()) {
			printJudgement(settings, results, out);
		}
		else {
			documents.forEach((registrations, bytes) -> out.printf(Locale.ROOT,
					"Document of the event with %,d initial registrations: %,d bytes%n", registrations, bytes));
			out.println();
			out.println("Every answer was correct, and exactly the expected users are registered.");
		}
	}

	private static void printJudgement(BenchSettings settings, List<Result> results, PrintWriter out) {
		Map<Boolean, Integer> runs = results.stream()
			.map(Result::row)
			.collect(Collectors.partitioningBy((row) -> BenchSettings.isUnrecorded(row.name()),
					Collectors.summingInt((row) -> row.runs(settings))));
		if (runs.get(false) > 0) {
			out.println("linearizable: yes, all of " + runs.get(false) + " runs");
		}
		if (runs.get(true) > 0) {
			out.println("every answer was correct, and the stored state is the expected one: " + runs.get(true)
					+ " runs with holds or waiting users");
		}
	}

	private static void addRow(Result result, MarkdownTable table) {
		Row row = result.row();
		Spread ratio = result.ratio();
		Goal goal = row.goal();
		Side second = result.second();
		Function<Double, String> format = (second != null) ? (value) -> format("%.2f", value) : row.measure()::format;
		table.add(row.name(), row.what(),
				format.apply(ratio.median())
						+ format(" (%s - %s)", format.apply(ratio.min()), format.apply(ratio.max())),
				(goal != null) ? goal(goal) : NONE,
				(goal == null) ? NONE : Boolean.TRUE.equals(result.met()) ? "ok" : "missed",
				side(result.first(), row.measure()) + ((second != null) ? ", " + side(second, row.measure()) : NONE));
	}

	private static String goal(Goal goal) {
		return format("%s %s%s", goal.atLeast() ? ">=" : "<=", format("%.2f", goal.bound()).replaceAll("\\.?0+$", ""),
				goal.noneLate() ? ", 0 late" : NONE);
	}

	private static String side(Side side, Measure measure) {
		return side.name() + " " + measure.format(side.figure().median());
	}

	private static void addCost(Result result, MarkdownTable table) {
		table.add(result.row().name(), both(result, (side) -> format("%,.0f", side.cpuMicros())),
				both(result, (side) -> format("%,.0f", side.bytes())),
				both(result, (side) -> format("%.3f", side.commands())),
				both(result, (side) -> format("%,d", side.undecided())),
				both(result, (side) -> format("%,d", side.late())),
				both(result, (side) -> format("%,d", side.lateBeside())));
	}

	private static String both(Result result, Function<Side, String> value) {
		Side second = result.second();
		return value.apply(result.first()) + ((second != null) ? " / " + value.apply(second) : NONE);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
