package dev.lastseat.stress;

import dev.lastseat.booking.UserId;

/**
 * The settings of a race.
 *
 * @param attempts the number of operations
 * @param capacity the initial number of seats of the event
 * @param users the number of distinct users; with fewer users than attempts, users repeat
 * @param cancel the share of attempts that are cancellations, 0 to 1
 * @param resize whether some attempts change the capacity
 * @param holds the share of attempts that hold a seat first, 0 to 1
 * @param parties the share of attempts that book a party, 0 to 1
 */
record RaceSettings(int attempts, int capacity, int users, double cancel, boolean resize, double holds,
		double parties) {

	/** A race of bookings only, all released at the same moment. */
	static RaceSettings ofBookings(int attempts, int capacity, int users) {
		return new RaceSettings(attempts, capacity, users, 0, false, 0, 0);
	}

	/** Tells whether there are attempts other than bookings. */
	boolean mixed() {
		return this.cancel > 0 || this.resize || sale();
	}

	/** Tells whether there are holds or parties. */
	boolean sale() {
		return this.holds > 0 || this.parties > 0;
	}

	/**
	 * The exact number of seats that must be taken after a race of bookings only.
	 */
	int expectedBookings() {
		return Math.min(this.capacity, this.users);
	}

	UserId userOf(int attempt) {
		return new UserId("user-" + (attempt % this.users));
	}

}
