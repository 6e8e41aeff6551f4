package dev.lastseat.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table of results: a row for each kind of run, and one with the totals.
 */
final class ProofTable {

	private static final List<String> HEADER = List.of("", "runs", "operations", "not open", "holds", "confirmed",
			"parties", "released", "joined", "unknown", "faults", "allowed losses", "lost", "oversold", "duplicates",
			"false refusals", "non-linearizable");

	private final List<ProofResult> rows;

	/**
	 * @param results results in the order of the table; those of one kind are added up
	 */
	ProofTable(List<ProofResult> results) {
		Map<String, ProofResult> kinds = new LinkedHashMap<>();
		results.forEach((result) -> kinds.merge(result.kind(), result, ProofResult::plus));
		this.rows = new ArrayList<>(kinds.values());
		ProofResult zero = new ProofResult("all", 0, OperationCounts.NONE, 0, 0, 0, 0, 0, 0, 0);
		this.rows.add(results.stream().reduce(zero, ProofResult::plus));
	}

	@Override
	public String toString() {
		List<List<String>> cells = new ArrayList<>(List.of(HEADER));
		this.rows.forEach((row) -> cells.add(cells(row)));
		int[] widths = IntStream.range(0, HEADER.size())
			.map((column) -> cells.stream().mapToInt((row) -> row.get(column).length()).max().getAsInt())
			.toArray();
		return cells.stream().map((row) -> line(row, widths)).collect(Collectors.joining("\n"));
	}

	private static List<String> cells(ProofResult row) {
		List<String> cells = new ArrayList<>(List.of(row.kind()));
		OperationCounts operations = row.operations();
		for (long number : new long[] { row.runs(), operations.all(), operations.notOpen(), operations.holds(),
				operations.confirmed(), operations.parties(), operations.released(), operations.joined(),
				operations.unknown(), row.faults(), row.allowedLosses(), row.lost(), row.oversold(), row.duplicates(),
				row.falseRefusals(), row.nonLinearizable() }) {
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
