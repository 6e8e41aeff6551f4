package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Asks for events in the order of their start; those that start together are ordered by
 * their id.
 *
 * @param from only events that start at this instant or later; null for all
 * @param to only events that start before this instant; null for all
 * @param registered only events that this user is registered for; null for all
 * @param after only events behind this place; null for the first page
 * @param limit how many at most, 1 or more
 */
public record EventQuery(@Nullable Instant from, @Nullable Instant to, @Nullable UserId registered,
		@Nullable Cursor after, int limit) {

	/**
	 * A place in the order of events. It stays where it is, whatever comes or goes around
	 * it.
	 */
	public record Cursor(Instant startsAt, EventId event) {

		public static Cursor of(Event event) {
			return new Cursor(event.startsAt(), event.id());
		}

	}

}
