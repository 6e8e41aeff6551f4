package dev.lastseat.booking;

/**
 * A notification that an event may have changed. It does not carry the new state:
 * {@link ChangeFeed#statuses} reads it.
 */
public sealed interface ChangeHint {

	/**
	 * An event was written or deleted.
	 *
	 * @param revision the event has this revision or a later one; {@link Long#MAX_VALUE}
	 * when the revision is unknown or the event was deleted
	 */
	record OfEvent(EventId event, long revision) implements ChangeHint {
	}

	/**
	 * Any event may have been written or deleted, because changes up to now may have been
	 * missed.
	 */
	record OfAnyEvent() implements ChangeHint {
	}

}
