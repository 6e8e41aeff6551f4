package dev.lastseat.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.EventId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads one history file, line by line. */
final class HistoryReader {

	private final List<History> histories = new ArrayList<>();

	private final List<Operation> operations = new ArrayList<>();

	private final List<Change> journal = new ArrayList<>();

	private @Nullable EventId event;

	/** The line of the stored state, while the lines of its journal follow. */
	private @Nullable HistoryLine stored;

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
			end();
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
			if (this.stored != null && line.isChange()) {
				this.journal.add(line.toChange(this.journal.size() + 1L));
			}
			else if (line.isBegin()) {
				begin(line);
			}
			else if (this.event == null) {
				reject("the first line of a history must be an event with its capacity");
			}
			else if (line.isOperation() && this.stored == null) {
				this.operations.add(line.toOperation());
			}
			else if (line.isEnd() && this.stored == null) {
				this.stored = line;
				if (!line.hasJournal()) {
					end();
				}
			}
			else {
				reject("not an event with its capacity, an operation, a ledger, or an entry of its journal");
			}
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(ex.getMessage(), ex);
		}
	}

	private void begin(HistoryLine line) throws UnreadableHistoryException {
		if (this.event != null) {
			end();
		}
		if (line.capacity() < 1) {
			reject("the capacity is below 1");
		}
		this.event = line.toEvent();
		this.capacity = line.capacity();
		this.sale = line.toSale();
	}

	private void end() {
		HistoryLine end = this.stored;
		this.histories.add(new History(this.event, this.capacity, this.sale, this.operations,
				(end != null) ? end.ledger().toLedger() : null,
				(end != null) ? end.ledger().endOfRead() : Operation.NEVER,
				(end != null && end.hasJournal()) ? this.journal : null));
		this.operations.clear();
		this.journal.clear();
		this.event = null;
		this.stored = null;
	}

	private HistoryLine reject(String reason) throws UnreadableHistoryException {
		throw unreadable(reason, null);
	}

	private UnreadableHistoryException unreadable(String reason, @Nullable Exception cause) {
		return new UnreadableHistoryException("line " + this.number + ": " + reason, cause);
	}

}
