package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.Hold;

/**
 * A hold in a list of holds of one event.
 */
record UserHoldView(String userId, Instant expiresAt, boolean offer) {

	static UserHoldView of(Hold hold) {
		return new UserHoldView(hold.user().value(), hold.until(), hold.offer());
	}

}
