package dev.lastseat.stress;

import dev.lastseat.booking.UserId;

/**
 * A race to run.
 *
 * @param attempts bookings, all released at one moment
 * @param capacity seats of the event
 * @param users distinct people who make the attempts, in turn; fewer than attempts makes
 * some of them repeats
 */
record RaceSettings(int attempts, int capacity, int users) {

	/** How many seats must be taken in the end: no more, and no fewer. */
	int expectedBookings() {
		return Math.min(this.capacity, this.users);
	}

	UserId userOf(int attempt) {
		return new UserId("user-" + (attempt % this.users));
	}

}
