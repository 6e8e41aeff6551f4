package dev.lastseat.web.stream;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of what an event is to a user.
 *
 * @param expiresAt the end of the hold or of the offer; absent in any other state
 * @param position in the waiting list; absent when the user is not waiting
 */
public record StandingView(String eventId, String userId, String state,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position) {

	public static StandingView of(EventId event, UserId user, Standing standing) {
		return new StandingView(event.value(), user.value(), standing.state().name().toLowerCase(Locale.ROOT),
				standing.expiresAt(), (standing.place() != null) ? standing.place().position() : null);
	}

}
