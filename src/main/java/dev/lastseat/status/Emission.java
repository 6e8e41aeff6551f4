package dev.lastseat.status;

import dev.lastseat.booking.EventId;

/**
 * An update and what it was encoded as. One instance goes to all who watch the event.
 *
 * @param generation orders the updates of an event before the revision does: it grows
 * when the storage has taken a state back, as a rollback or a restored backup does
 * @param last whether nothing comes after it
 */
record Emission<T>(EventId event, long generation, long revision, boolean last, T encoded) {

	boolean isAfter(Emission<T> other) {
		return this.generation > other.generation
				|| (this.generation == other.generation && this.revision > other.revision);
	}

}
