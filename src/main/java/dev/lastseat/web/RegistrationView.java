package dev.lastseat.web;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;

/**
 * The JSON body of a registration.
 */
record RegistrationView(String eventId, String userId) {

	static RegistrationView of(EventId event, UserId user) {
		return new RegistrationView(event.value(), user.value());
	}

}
