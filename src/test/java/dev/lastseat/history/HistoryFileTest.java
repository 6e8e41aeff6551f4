package dev.lastseat.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HistoryFileTest {

	private Path file;

	@BeforeEach
	void chooseFile(@TempDir Path directory) {
		this.file = directory.resolve("history.jsonl");
	}

	@Test
	void writesALineForEachOperation() throws IOException {
		UserId ada = new UserId("ada");
		History history = new History(new EventId("gala"), 1,
				List.of(Operation.resize(2, 7, 9, Answer.CHANGED), Operation.book(ada, 4, 9, Answer.BOOKED),
						Operation.cancel(ada, 5, Operation.NEVER, Answer.UNKNOWN)),
				new Ledger(2, 1, 0, List.of(ada), List.of(), List.of()));

		HistoryFile.write(this.file, history);

		assertThat(Files.readString(this.file)).isEqualTo("""
				{"event":"gala","capacity":1}
				{"op":"BOOK","user":"ada","invoked":4,"responded":9,"answer":"BOOKED"}
				{"op":"CANCEL","user":"ada","invoked":5,"answer":"UNKNOWN"}
				{"op":"RESIZE","capacity":2,"invoked":7,"responded":9,"answer":"CHANGED"}
				{"ledger":{"capacity":2,"ticketsSold":1,"registrations":["ada"]}}
				""");
	}

	@Test
	void readsAWrittenFile() throws IOException {
		History made = new Histories(new Random(7)).legal(500, 40, 9, 12, true);
		List<Operation> inOrder = made.operations()
			.stream()
			.sorted(Comparator.comparingLong(Operation::invoked))
			.toList();
		History history = new History(made.event(), made.capacity(), inOrder, made.ledger());
		HistoryFile.write(this.file, history);

		assertThat(HistoryFile.read(this.file)).containsExactly(history);
	}

	@Test
	void readsConcatenatedFiles() throws IOException {
		History one = new History(new EventId("one"), 1, List.of(),
				new Ledger(1, 0, 0, List.of(), List.of(), List.of()));
		History open = new History(new EventId("open"), 3, List.of(Operation.resize(2, 7, 9, Answer.CHANGED)), null);
		StringBuilder joined = new StringBuilder();
		for (History history : List.of(open, one, open)) {
			HistoryFile.write(this.file, history);
			joined.append(Files.readString(this.file));
		}
		Files.writeString(this.file, joined);

		assertThat(HistoryFile.read(this.file)).containsExactly(open, one, open);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{'op':'BOOK' | line 2: Unexpected end-of-input",
			"nonsense | line 2: Unrecognized token 'nonsense'",
			"{} | line 2: not an event with its capacity, an operation", "{'event':'x'} | line 2: not an event",
			"{'event':'x','capacity':0} | line 2: the capacity is below 1",
			"{'event':'x','capacity':1,'user':'ada'} | line 2: not an event",
			"{'op':'BUY','user':'ada','invoked':1,'responded':2,'answer':'BOOKED'} | line 2: Cannot deserialize",
			"{'op':0,'user':'ada','invoked':1,'responded':2,'answer':'BOOKED'} | line 2: Cannot deserialize",
			"{'op':'BOOK','user':'ada','invoked':'1','responded':2,'answer':'BOOKED'} | line 2: Cannot coerce",
			"{'op':'BOOK','user':'ada','invoked':1.5,'responded':2,'answer':'BOOKED'} | line 2: Cannot coerce",
			"{'op':'BOOK','user':'a b','invoked':1,'responded':2,'answer':'BOOKED'} | line 2: [userId must be 1 to 255",
			"{'op':'BOOK','invoked':1,'responded':2,'answer':'BOOKED'} | line 2: BOOK and CANCEL need a user",
			"{'op':'BOOK','user':'ada','invoked':3,'responded':2,'answer':'BOOKED'} | line 2: the response is before",
			"{'op':'BOOK','user':'ada','invoked':3,'answer':'BOOKED'} | line 2: UNKNOWN has no response",
			"{'op':'BOOK','user':'ada','invoked':3,'answer':'UNKNOWN','why':'x'} | line 2: Unrecognized property \"why\"",
			"{'op':'BOOK','op':'BOOK','user':'ada','invoked':3,'answer':'UNKNOWN'} | line 2: Duplicate Object property",
			"{'op':'RESIZE','invoked':3,'answer':'UNKNOWN'} | line 2: RESIZE needs a capacity",
			"{'ledger':{'capacity':1,'ticketsSold':1}} | line 2: Cannot construct",
			"{'ledger':{'capacity':1,'ticketsSold':1,'registrations':[null]}} | line 2: [userId must be",
			"{'event':'x','capacity':1}{} | line 2: Trailing token" })
	void namesTheInvalidLine(String line, String complaint) throws IOException {
		Files.writeString(this.file, "{\"event\":\"gala\",\"capacity\":1}\n" + line.replace('\'', '"') + "\n");

		assertThatExceptionOfType(UnreadableHistoryException.class).isThrownBy(() -> HistoryFile.read(this.file))
			.withMessageContaining(complaint);
	}

	@Test
	void refusesAHistoryWithoutAnEvent() throws IOException {
		Files.writeString(this.file, "{\"ledger\":{\"capacity\":1,\"ticketsSold\":0,\"registrations\":[]}}\n");

		assertThatExceptionOfType(UnreadableHistoryException.class).isThrownBy(() -> HistoryFile.read(this.file))
			.withMessage("line 1: the first line of a history must be an event with its capacity");
	}

	@Test
	void refusesAnEmptyFileAndAnEmptyLine() throws IOException {
		Files.writeString(this.file, "");

		assertThatExceptionOfType(UnreadableHistoryException.class).isThrownBy(() -> HistoryFile.read(this.file))
			.withMessage("line 1: missing, the file is empty");

		Files.writeString(this.file, "{\"event\":\"gala\",\"capacity\":1}\n\n");

		assertThatExceptionOfType(UnreadableHistoryException.class).isThrownBy(() -> HistoryFile.read(this.file))
			.withMessage("line 2: an empty line");
	}

	@Test
	void refusesAFileThatIsNotUtf8() throws IOException {
		Files.write(this.file, new byte[] { (byte) 0xC3, (byte) 0x28, '\n' });

		assertThatExceptionOfType(UnreadableHistoryException.class).isThrownBy(() -> HistoryFile.read(this.file))
			.withMessage("after line 0: not UTF-8");
	}

}
