package dev.lastseat.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was run and what came of it, a row for each kind and one for all.
 */
final class ProofTable {

	private static final List<String> HEAD = List.of("", "runs", "operations", "unknown", "faults", "forgotten", "lost",
			"oversold", "doubled", "false refusals", "non-linearizable");

	private final List<ProofResult> rows;

	/**
	 * @param lines in the order in which they are shown, those of one kind added up
	 */
	ProofTable(List<ProofResult> lines) {
		Map<String, ProofResult> kinds = new LinkedHashMap<>();
		lines.forEach((line) -> kinds.merge(line.kind(), line, ProofResult::plus));
		this.rows = new ArrayList<>(kinds.values());
		ProofResult nothing = new ProofResult("all", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
		this.rows.add(lines.stream().reduce(nothing, ProofResult::plus));
	}

	@Override
	public String toString() {
		List<List<String>> cells = new ArrayList<>(List.of(HEAD));
		this.rows.forEach((row) -> cells.add(cells(row)));
		int[] widths = IntStream.range(0, HEAD.size())
			.map((column) -> cells.stream().mapToInt((row) -> row.get(column).length()).max().getAsInt())
			.toArray();
		return cells.stream().map((row) -> line(row, widths)).collect(Collectors.joining("\n"));
	}

	private static List<String> cells(ProofResult row) {
		List<String> cells = new ArrayList<>(List.of(row.kind()));
		for (long number : new long[] { row.runs(), row.operations(), row.unknown(), row.faults(), row.forgotten(),
				row.lost(), row.oversold(), row.doubled(), row.falseRefusals(), row.nonLinearizable() }) {
			cells.add(Long.toString(number));
		}
		return cells;
	}

	private static String line(List<String> row, int[] widths) {
		return IntStream.range(0, row.size())
			.mapToObj(
					(column) -> String.format("%" + ((column == 0) ? "-" : "") + widths[column] + "s", row.get(column)))
			.collect(Collectors.joining("  "));
	}

}
