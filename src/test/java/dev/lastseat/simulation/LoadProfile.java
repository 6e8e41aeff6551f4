package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;

/**
 * The amount and kind of load in a seed.
 *
 * @param bookingsOnly whether there are no cancellations, no changes of capacity and no
 * writes of another process
 * @param users the number of users
 * @param steps the number of steps of all users together
 * @param startWindow the time in which all steps begin, in microseconds; a command takes
 * up to 4,000
 */
record LoadProfile(boolean bookingsOnly, int capacity, int users, int steps, long startWindow) {

	static final int MAX_CAPACITY = 4;

	static LoadProfile of(SplittableRandom random) {
		boolean bookingsOnly = random.nextInt(4) == 0;
		int capacity = 1 + random.nextInt(MAX_CAPACITY);
		int users = 3 + random.nextInt(4);
		int steps = bookingsOnly ? 10 + random.nextInt(21) : 6 + random.nextInt(9);
		return new LoadProfile(bookingsOnly, capacity, users, steps, random.nextLong(1_000, 20_000));
	}

	/**
	 * Adds users who are registered before the seed begins, and raises the capacity by
	 * the same number. The number of steps stays.
	 */
	LoadProfile withRegistered(int registered) {
		return new LoadProfile(this.bookingsOnly, registered + this.capacity, registered + this.users, this.steps,
				this.startWindow);
	}

	/** Has all kinds of steps. */
	LoadProfile withoutLimits() {
		return new LoadProfile(false, this.capacity, this.users, Math.min(this.steps, 14), this.startWindow);
	}

	/** Has at most two seats, so that users wait. */
	LoadProfile crowded() {
		return new LoadProfile(false, Math.min(this.capacity, 2), this.users, 14, this.startWindow);
	}

	/** Has half as many steps more, in twice the time. */
	LoadProfile withMoreSteps() {
		return new LoadProfile(this.bookingsOnly, this.capacity, this.users, 3 * this.steps / 2, 2 * this.startWindow);
	}

	static UserId user(int number) {
		return new UserId("user-" + number);
	}

}
