package dev.lastseat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation: its blocks, links and anchors.
 */
public final class MarkdownPage {

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");

	private static final String FENCE = "```";

	private static final String INDENT = "    ";

	private final Path file;

	private final List<String> lines;

	private MarkdownPage(Path file, List<String> lines) {
		this.file = file;
		this.lines = lines;
	}

	public static MarkdownPage read(Path file) {
		try {
			return new MarkdownPage(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path file() {
		return this.file;
	}

	List<String> lines() {
		return this.lines;
	}

	/**
	 * A part of the page.
	 *
	 * @param kind what it contains
	 * @param first the index of its first line, without the fence
	 * @param lines without the indentation and the fences
	 */
	public record Block(Kind kind, int first, List<String> lines) {

		public String text() {
			return String.join("\n", this.lines);
		}

	}

	/** What a block contains. */
	public enum Kind {

		/** Indented text. */
		COMMANDS,

		/** Fenced text, such as the output of commands. */
		FENCED,

		/** One line of anything else. */
		PROSE

	}

	public List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		int index = 0;
		while (index < this.lines.size()) {
			Block block = blockAt(index);
			blocks.add(block);
			index = block.first() + block.lines().size() + ((block.kind() == Kind.FENCED) ? 1 : 0);
		}
		return blocks;
	}

	private Block blockAt(int index) {
		String line = this.lines.get(index);
		if (line.startsWith(FENCE)) {
			int end = index + 1;
			while (!this.lines.get(end).equals(FENCE)) {
				end++;
			}
			return new Block(Kind.FENCED, index + 1, this.lines.subList(index + 1, end));
		}
		if (!line.startsWith(INDENT)) {
			return new Block(Kind.PROSE, index, List.of(line));
		}
		int end = index + 1;
		while (end < this.lines.size() && isIndented(end)) {
			end++;
		}
		return new Block(Kind.COMMANDS, index,
				this.lines.subList(index, end).stream().map((text) -> text.replaceFirst("^" + INDENT, "")).toList());
	}

	/**
	 * An empty line between two indented lines belongs to their block.
	 */
	private boolean isIndented(int index) {
		return this.lines.get(index).startsWith(INDENT) || (this.lines.get(index).isEmpty()
				&& index + 1 < this.lines.size() && this.lines.get(index + 1).startsWith(INDENT));
	}

	private Stream<String> prose() {
		return blocks().stream().filter((block) -> block.kind() == Kind.PROSE).map(Block::text);
	}

	/**
	 * @return the targets of the links and the pictures
	 */
	List<String> links() {
		return prose().map((line) -> INLINE_CODE.matcher(line).replaceAll(""))
			.flatMap((line) -> LINK.matcher(line).results().map((link) -> link.group(1)))
			.toList();
	}

	/**
	 * @return the anchors of the headings, as a forge makes them
	 */
	public List<String> anchors() {
		Map<String, Integer> uses = new HashMap<>();
		return prose().filter((line) -> line.matches("#{1,6} .*")).map((line) -> {
			String anchor = line.replaceFirst("#+ ", "")
				.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
				.strip()
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
			int use = uses.merge(anchor, 1, Integer::sum);
			return (use == 1) ? anchor : anchor + "-" + (use - 1);
		}).toList();
	}

	/**
	 * @return what the pattern finds in the first cell of the rows of a table
	 */
	public List<MatchResult> firstCells(String heading, Pattern pattern) {
		return prose().dropWhile((line) -> !line.matches("#{1,6} " + Pattern.quote(heading)))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("#"))
			.filter((line) -> line.startsWith("| "))
			.flatMap((line) -> pattern.matcher(line).results())
			.toList();
	}

}
