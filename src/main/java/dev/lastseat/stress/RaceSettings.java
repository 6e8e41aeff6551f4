package dev.lastseat.stress;

import dev.lastseat.booking.UserId;

/**
 * A race to run.
 *
 * @param attempts operations in all
 * @param capacity seats of the event, at the beginning
 * @param users distinct people who make the attempts, in turn; fewer than attempts makes
 * some of them repeats
 * @param cancel the share of the attempts that are cancellations, 0 to 1
 * @param resize whether some attempts change the capacity
 */
record RaceSettings(int attempts, int capacity, int users, double cancel, boolean resize) {

	/** A race of bookings alone, all released at one moment. */
	static RaceSettings ofBookings(int attempts, int capacity, int users) {
		return new RaceSettings(attempts, capacity, users, 0, false);
	}

	/** Whether there is anything but bookings. */
	boolean mixed() {
		return this.cancel > 0 || this.resize;
	}

	/** How many seats must be taken in the end, of bookings alone: no more, no fewer. */
	int expectedBookings() {
		return Math.min(this.capacity, this.users);
	}

	UserId userOf(int attempt) {
		return new UserId("user-" + (attempt % this.users));
	}

}
