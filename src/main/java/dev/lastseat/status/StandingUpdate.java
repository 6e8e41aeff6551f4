package dev.lastseat.status;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;

/**
 * An update that a subscriber of the standing of a user gets.
 */
public sealed interface StandingUpdate {

	EventId event();

	/**
	 * The current standing of the user.
	 */
	record Current(EventId event, UserId user, Standing standing) implements StandingUpdate {
	}

	/**
	 * The event does not exist or was deleted. Always the last update.
	 */
	record Closed(EventId event) implements StandingUpdate {
	}

}
