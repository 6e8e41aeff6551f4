package dev.lastseat.booking;

/**
 * A hint that something has changed, and therefore a reason to look. What it is now says
 * {@link ChangeFeed#statuses}.
 */
public sealed interface ChangeHint {

	/**
	 * An event was written or deleted.
	 *
	 * @param revision that the event has now, or a later one; {@link Long#MAX_VALUE} when
	 * that is not known, and when the event is gone
	 */
	record OfEvent(EventId event, long revision) implements ChangeHint {
	}

	/**
	 * Any event may have been written or deleted: what happened until now was not
	 * followed.
	 */
	record OfAnyEvent() implements ChangeHint {
	}

}
