package dev.lastseat.history;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes histories as a file of JSON lines in UTF-8. A history has these lines:
 * <ol>
 * <li>the event: {@code {"event":"…","capacity":1}}
 * <li>its operations:
 * {@code {"op":"BOOK","user":"ada","invoked":4,"responded":9,"answer":"BOOKED"}}. A line
 * with the answer {@code UNKNOWN} has no {@code responded}. A line with the op
 * {@code RESIZE} has a {@code capacity} instead of the user.
 * <li>the stored state, when it is known:
 * {@code {"ledger":{"capacity":1,"ticketsSold":1,"registrations":["ada"]}}}
 * </ol>
 * Files can be concatenated.
 */
public final class HistoryFile {

	/** Strict: rejects every line that does not have exactly the form above. */
	static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private HistoryFile() {
	}

	/**
	 * Writes the operations in the order of their invocations. Replaces an existing file.
	 */
	public static void write(Path file, History history) throws IOException {
		try (Writer writer = Files.newBufferedWriter(file)) {
			writeLine(writer, HistoryLine.begin(history));
			List<Operation> operations = history.operations()
				.stream()
				.sorted(Comparator.comparingLong(Operation::invoked))
				.toList();
			for (Operation operation : operations) {
				writeLine(writer, HistoryLine.of(operation));
			}
			if (history.ledger() != null) {
				writeLine(writer, HistoryLine.end(history.ledger()));
			}
		}
	}

	private static void writeLine(Writer writer, HistoryLine line) throws IOException {
		writer.write(JSON.writeValueAsString(line));
		writer.write('\n');
	}

	/**
	 * @return one history or more, in the order of the file
	 * @throws UnreadableHistoryException when the file has any other content
	 */
	public static List<History> read(Path file) throws IOException {
		return new HistoryReader().read(file);
	}

}
