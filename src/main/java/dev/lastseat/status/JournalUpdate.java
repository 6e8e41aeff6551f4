package dev.lastseat.status;

import java.util.List;

import dev.lastseat.booking.JournalEntry;

/**
 * The next entries of a journal.
 *
 * @param entries in order; none if only the end is reported
 * @param last whether the event was deleted, so that no entry follows
 */
public record JournalUpdate(List<JournalEntry> entries, boolean last) {

	static final JournalUpdate CLOSED = new JournalUpdate(List.of(), true);

	public JournalUpdate {
		entries = List.copyOf(entries);
	}

}
