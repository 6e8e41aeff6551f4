package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that is readable as it is printed, and can be pasted into a page. */
final class MarkdownTable {

	private final List<List<String>> lines = new ArrayList<>();

	MarkdownTable(String... titles) {
		this.lines.add(List.of(titles));
	}

	/**
	 * @param cells one for each title
	 */
	void add(String... cells) {
		this.lines.add(List.of(cells));
	}

	void print(PrintWriter out) {
		List<Integer> widths = IntStream.range(0, this.lines.get(0).size())
			.mapToObj((column) -> this.lines.stream().mapToInt((line) -> line.get(column).length()).max().orElse(0))
			.toList();
		List<String> rule = widths.stream().map("-"::repeat).toList();
		out.println(text(this.lines.get(0), widths));
		out.println(text(rule, widths));
		this.lines.stream().skip(1).forEach((line) -> out.println(text(line, widths)));
	}

	private static String text(List<String> line, List<Integer> widths) {
		return IntStream.range(0, widths.size())
			.mapToObj((column) -> line.get(column) + " ".repeat(widths.get(column) - line.get(column).length()))
			.collect(Collectors.joining(" | ", "| ", " |"));
	}

}
