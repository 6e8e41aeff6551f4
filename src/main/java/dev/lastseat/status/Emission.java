package dev.lastseat.status;

import dev.lastseat.booking.EventId;

/**
 * An update and what it was encoded as. One instance goes to all who watch the event.
 *
 * @param last whether nothing comes after it
 */
record Emission<T>(EventId event, long revision, boolean last, T encoded) {
}
