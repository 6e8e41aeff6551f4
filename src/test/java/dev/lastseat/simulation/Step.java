package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import org.jspecify.annotations.Nullable;

/**
 * One planned operation of a client. Times are in microseconds.
 *
 * @param user the user that books or cancels; null for a change of the capacity
 * @param capacity the new capacity; 0 unless the step changes the capacity
 * @param start the time of the request
 * @param timeout the longest wait of the client for an answer; {@link #FOREVER} for no
 * limit
 * @param repeats the number of repetitions of a failing request
 * @param seed determines the faults of this step, independent of other steps
 */
record Step(Action action, @Nullable UserId user, int capacity, long start, long timeout, int repeats, long seed) {

	static final long FOREVER = Long.MAX_VALUE;

	static Step of(SplittableRandom random, LoadProfile load) {
		int kind = random.nextInt(100);
		UserId user = LoadProfile.user(random.nextInt(load.users()));
		int capacity = 1 + random.nextInt(Math.max(LoadProfile.MAX_CAPACITY, load.capacity()));
		long start = random.nextLong(load.startWindow());
		long timeout = random.nextLong(1, 6_000);
		boolean limited = random.nextInt(6) == 0;
		int repeats = random.nextInt(3);
		long seed = random.nextLong();
		boolean resize = !load.bookingsOnly() && kind < 12;
		Action action = resize ? Action.RESIZE : ((load.bookingsOnly() || kind >= 42) ? Action.BOOK : Action.CANCEL);
		return new Step(action, resize ? null : user, resize ? capacity : 0, start, limited ? timeout : FOREVER,
				repeats, seed);
	}

	@Override
	public String toString() {
		String subject = (this.user != null) ? this.user.value() : "to " + this.capacity;
		String wait = (this.timeout == FOREVER) ? "" : ", waits " + this.timeout + " µs";
		return this.action + " " + subject + " at " + this.start + " µs" + wait
				+ ((this.repeats > 0) ? ", repeats " + this.repeats + " times" : "");
	}

}
