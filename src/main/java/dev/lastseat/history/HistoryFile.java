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
 * <li>the event: {@code {"event":"…","capacity":1}}. With holds or a sale window it has
 * also {@code "sale":{"opensAt":5,"closesAt":90,"holdLength":10,"tolerance":2}}, without
 * {@code opensAt} or {@code closesAt} when the sale has no beginning or no end.
 * <li>its operations:
 * {@code {"op":"BOOK","user":"ada","invoked":4,"responded":9,"answer":"BOOKED"}}. A line
 * with the answer {@code UNKNOWN} has no {@code responded}. A line with the op
 * {@code RESIZE} has a {@code capacity} instead of the user. {@code BOOK_PARTY} and
 * {@code HOLD_PARTY} have {@code "users":["ada","bob"]} instead of the user. The answers
 * {@code HELD} and {@code ALREADY_HELD} have the ends of the holds:
 * {@code "holds":{"ada":19}}. Answers to a party have the users that were registered or
 * had a hold before, {@code "before":["bob"]}, or the number of free seats,
 * {@code "remaining":1}. Answers to {@code JOIN} have {@code "position":2,"length":3}.
 * <li>the stored state, when it is known:
 * {@code {"ledger":{"capacity":1,"ticketsSold":1,"registrations":["ada"],"readAt":30}}}.
 * With holds it has also {@code "held":1,"holds":{"bob":"2030-01-01T00:10:00Z"}}, with
 * offers the users among them, {@code "offers":["bob"]}, with waiting users
 * {@code "waiting":["eve"]}. With {@code "journal":true} beside the {@code ledger} its
 * journal follows.
 * <li>the entries of the journal, in their order:
 * {@code {"user":"ada","change":"BOOKED","at":7}}.
 * </ol>
 * All times are in nanoseconds on the clock of the history. Only the stored holds have
 * the time of the day. Files can be concatenated.
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
				writeLine(writer, HistoryLine.end(history));
			}
			if (history.ledger() != null && history.journal() != null) {
				for (Change change : history.journal()) {
					writeLine(writer, HistoryLine.of(change));
				}
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
