package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a client is going to do. Times are in microseconds.
 *
 * @param user who books or cancels; null for a change of the capacity
 * @param capacity the capacity to be asked for; 0 unless it is a change of it
 * @param start when it is asked for
 * @param patience how long the client waits for an answer; {@link #FOREVER} for all the
 * time
 * @param repeats how often the same is asked for again while it fails
 * @param seed decides everything else that happens to it, whatever happens to others
 */
record Step(Action action, @Nullable UserId user, int capacity, long start, long patience, int repeats, long seed) {

	static final long FOREVER = Long.MAX_VALUE;

	static Step of(SplittableRandom random, LoadProfile load) {
		int kind = random.nextInt(100);
		UserId user = LoadProfile.user(random.nextInt(load.users()));
		int capacity = 1 + random.nextInt(Math.max(LoadProfile.MAX_CAPACITY, load.capacity()));
		long start = random.nextLong(load.startWindow());
		long patience = random.nextLong(1, 6_000);
		boolean impatient = random.nextInt(6) == 0;
		int repeats = random.nextInt(3);
		long seed = random.nextLong();
		boolean resize = !load.bookingsOnly() && kind < 12;
		Action action = resize ? Action.RESIZE : ((load.bookingsOnly() || kind >= 42) ? Action.BOOK : Action.CANCEL);
		return new Step(action, resize ? null : user, resize ? capacity : 0, start, impatient ? patience : FOREVER,
				repeats, seed);
	}

	@Override
	public String toString() {
		String who = (this.user != null) ? this.user.value() : "to " + this.capacity;
		String wait = (this.patience == FOREVER) ? "" : ", waits " + this.patience + " µs";
		return this.action + " " + who + " at " + this.start + " µs" + wait
				+ ((this.repeats > 0) ? ", repeats " + this.repeats + " times" : "");
	}

}
