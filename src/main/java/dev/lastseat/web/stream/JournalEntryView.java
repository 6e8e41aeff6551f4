package dev.lastseat.web.stream;

import java.time.Instant;

import dev.lastseat.booking.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an entry of a journal.
 *
 * @param userId null for a change of the event itself
 */
public record JournalEntryView(long seq, Instant at, String op, @Nullable String userId) {

	public static JournalEntryView of(JournalEntry entry) {
		return new JournalEntryView(entry.seq(), entry.at(), entry.op().code(),
				(entry.user() != null) ? entry.user().value() : null);
	}

}
