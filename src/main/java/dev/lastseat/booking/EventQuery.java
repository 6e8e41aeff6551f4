package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Selects one page of events, ordered by start, then by id.
 *
 * @param from only events that start at this instant or later; null for no bound
 * @param to only events that start before this instant; null for no bound
 * @param registered only events that this user is registered for; null for all events
 * @param after only events after this cursor; null for the first page
 * @param limit maximum number of events, 1 or more
 */
public record EventQuery(@Nullable Instant from, @Nullable Instant to, @Nullable UserId registered,
		@Nullable Cursor after, int limit) {

	/**
	 * A position in the order of events. It stays valid when events are added, changed or
	 * deleted.
	 */
	public record Cursor(Instant startsAt, EventId event) {

		public static Cursor of(Event event) {
			return new Cursor(event.startsAt(), event.id());
		}

	}

}
