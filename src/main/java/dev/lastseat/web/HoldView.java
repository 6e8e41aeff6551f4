package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The JSON body of a hold.
 */
record HoldView(String eventId, String userId, Instant expiresAt, boolean offer) {

	private static final JsonStringEncoder QUOTING = JsonStringEncoder.getInstance();

	static HoldView of(EventId event, Hold hold) {
		return new HoldView(event.value(), hold.user().value(), hold.until(), hold.offer());
	}

	/**
	 * Encodes the body as Jackson does, in a fraction of the time.
	 */
	byte[] toJson() {
		StringBuilder json = new StringBuilder("{\"eventId\":\"");
		QUOTING.quoteAsString(this.eventId, json);
		json.append("\",\"userId\":\"");
		QUOTING.quoteAsString(this.userId, json);
		json.append("\",\"expiresAt\":\"").append(this.expiresAt).append("\",\"offer\":").append(this.offer);
		return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
	}

}
