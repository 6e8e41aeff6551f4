package dev.lastseat.booking;

import java.time.Instant;

/**
 * A seat that is kept for a user. From {@code until} on, another user may take the seat;
 * until that happens, the user can still confirm the hold.
 *
 * @param until kept to the millisecond
 * @param offer whether the service made the hold for a user of the waiting list
 */
public record Hold(UserId user, Instant until, boolean offer) {

	public boolean isExpired(Instant now) {
		return !now.isBefore(this.until);
	}

}
