package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;

/**
 * Who takes part in a seed.
 *
 * @param bookingsOnly whether nobody cancels, changes the capacity or writes from outside
 * @param users how many there are
 * @param size how many things they do
 * @param rush the time in which all of that begins, in microseconds; a command takes up
 * to 4,000
 */
record Cast(boolean bookingsOnly, int capacity, int users, int size, long rush) {

	static final int MAX_CAPACITY = 4;

	static Cast of(SplittableRandom random) {
		boolean bookingsOnly = random.nextInt(4) == 0;
		int capacity = 1 + random.nextInt(MAX_CAPACITY);
		int users = 3 + random.nextInt(4);
		int size = bookingsOnly ? 10 + random.nextInt(21) : 6 + random.nextInt(9);
		return new Cast(bookingsOnly, capacity, users, size, random.nextLong(1_000, 20_000));
	}

	/**
	 * The same with so many more, who have booked before it begins, and do no more in
	 * all.
	 */
	Cast with(int holders) {
		return new Cast(this.bookingsOnly, holders + this.capacity, holders + this.users, this.size, this.rush);
	}

	/** The same who do more, for longer. */
	Cast busier() {
		return new Cast(this.bookingsOnly, this.capacity, this.users, 3 * this.size / 2, 2 * this.rush);
	}

	static UserId user(int number) {
		return new UserId("user-" + number);
	}

}
