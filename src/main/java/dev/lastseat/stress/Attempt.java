package dev.lastseat.stress;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt was told.
 *
 * @param outcome the answer; null when there was none
 * @param fault why there was no answer; null when there was one
 */
record Attempt(UserId user, @Nullable BookingOutcome outcome, @Nullable Throwable fault) {

	static Attempt answered(UserId user, BookingOutcome outcome) {
		return new Attempt(user, outcome, null);
	}

	static Attempt failed(UserId user, Throwable fault) {
		return new Attempt(user, null, fault);
	}

}
