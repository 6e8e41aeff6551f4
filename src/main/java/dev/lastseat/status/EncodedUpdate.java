package dev.lastseat.status;

import dev.lastseat.booking.EventId;

/**
 * An encoded update. All subscribers of the event get the same instance.
 *
 * @param generation grows each time the storage has rolled back a state, as after an
 * election or a restored backup; orders the updates of an event before the revision does
 * @param last true when no update follows
 */
record EncodedUpdate<T>(EventId event, long generation, long revision, boolean last, T encoded) {

	boolean isAfter(EncodedUpdate<T> other) {
		return this.generation > other.generation
				|| (this.generation == other.generation && this.revision > other.revision);
	}

}
