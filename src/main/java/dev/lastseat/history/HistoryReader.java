package dev.lastseat.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads one history file, line by line. */
final class HistoryReader {

	private final List<History> histories = new ArrayList<>();

	private final List<Operation> operations = new ArrayList<>();

	private @Nullable EventId event;

	private int capacity;

	private Sale sale = Sale.NONE;

	private int number;

	List<History> read(Path file) throws IOException {
		try (BufferedReader reader = Files.newBufferedReader(file)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.number++;
				add(parse(line));
			}
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableHistoryException("after line " + this.number + ": not UTF-8", ex);
		}
		if (this.event != null) {
			end(null, Operation.NEVER);
		}
		if (this.histories.isEmpty()) {
			throw new UnreadableHistoryException("line 1: missing, the file is empty", null);
		}
		return this.histories;
	}

	private HistoryLine parse(String line) throws UnreadableHistoryException {
		try {
			HistoryLine parsed = line.isBlank() ? null : HistoryFile.JSON.readValue(line, HistoryLine.class);
			return (parsed != null) ? parsed : reject("an empty line");
		}
		catch (JacksonException ex) {
			throw unreadable(ex.getOriginalMessage(), ex);
		}
	}

	private void add(HistoryLine line) throws UnreadableHistoryException {
		try {
			if (line.isBegin()) {
				begin(line);
			}
			else if (this.event == null) {
				reject("the first line of a history must be an event with its capacity");
			}
			else if (line.isOperation()) {
				this.operations.add(line.toOperation());
			}
			else if (line.isEnd()) {
				end(line.ledger().toLedger(), line.ledger().endOfRead());
			}
			else {
				reject("not an event with its capacity, an operation or a ledger");
			}
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(ex.getMessage(), ex);
		}
	}

	private void begin(HistoryLine line) throws UnreadableHistoryException {
		if (this.event != null) {
			end(null, Operation.NEVER);
		}
		if (line.capacity() < 1) {
			reject("the capacity is below 1");
		}
		this.event = line.toEvent();
		this.capacity = line.capacity();
		this.sale = line.toSale();
	}

	private void end(@Nullable Ledger ledger, long readAt) {
		this.histories.add(new History(this.event, this.capacity, this.sale, this.operations, ledger, readAt));
		this.operations.clear();
		this.event = null;
	}

	private HistoryLine reject(String reason) throws UnreadableHistoryException {
		throw unreadable(reason, null);
	}

	private UnreadableHistoryException unreadable(String reason, @Nullable Exception cause) {
		return new UnreadableHistoryException("line " + this.number + ": " + reason, cause);
	}

}
