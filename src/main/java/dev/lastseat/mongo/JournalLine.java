package dev.lastseat.mongo;

import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal that a write adds. Its position is known when it is stored.
 *
 * @param user null for a change of the event itself
 */
record JournalLine(JournalEntry.Op op, @Nullable UserId user) {

}
