package dev.lastseat.history;

import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal of an event.
 *
 * @param at the time of the change by the clock of the process that made it, in
 * nanoseconds on the clock of the history
 * @param user null for a change of the event itself
 */
public record Change(long seq, JournalEntry.Op op, long at, @Nullable UserId user) {

	static Change of(JournalEntry entry, HistoryClock clock) {
		return new Change(entry.seq(), entry.op(), clock.at(entry.at()), entry.user());
	}

	@Override
	public String toString() {
		return "entry " + this.seq + " (" + this.op.code() + ((this.user != null) ? " " + this.user : "") + ")";
	}

}
