package dev.lastseat.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;

/**
 * One planned operation of a client. Times are in microseconds.
 *
 * @param users the users that the step is for; none for a change of the capacity
 * @param capacity the new capacity; 0 unless the step changes the capacity
 * @param start the time of the request
 * @param timeout the longest wait of the client for an answer; {@link #FOREVER} for no
 * limit
 * @param repeats the number of repetitions of a failing request
 * @param seed determines the faults of this step, independent of other steps
 */
record Step(Action action, List<UserId> users, int capacity, long start, long timeout, int repeats, long seed) {

	static final long FOREVER = Long.MAX_VALUE;

	private static final int MAX_PARTY = 3;

	/** The actions of a sale, each as often as it is likely. */
	private static final List<Action> SALE_ACTIONS = List.of(Action.HOLD, Action.HOLD, Action.HOLD, Action.HOLD,
			Action.BOOK, Action.BOOK, Action.BOOK, Action.BOOK, Action.BOOK_PARTY, Action.BOOK_PARTY, Action.HOLD_PARTY,
			Action.RELEASE_HOLD, Action.CANCEL, Action.RESIZE);

	/** The same beside a waiting list. */
	private static final List<Action> WAITING_LIST_ACTIONS = List.of(Action.HOLD, Action.HOLD, Action.HOLD, Action.BOOK,
			Action.BOOK, Action.BOOK, Action.BOOK, Action.JOIN, Action.JOIN, Action.JOIN, Action.JOIN, Action.LEAVE,
			Action.BOOK_PARTY, Action.RELEASE_HOLD, Action.RELEASE_HOLD, Action.CANCEL, Action.CANCEL, Action.RESIZE);

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
		return new Step(action, resize ? List.of() : List.of(user), resize ? capacity : 0, start,
				limited ? timeout : FOREVER, repeats, seed);
	}

	/**
	 * A step of a sale with holds.
	 * @param groups the numbers of the groups of steps
	 * @param waitingList whether users join the waiting list
	 */
	static Step ofSale(SplittableRandom random, LoadProfile load, List<Integer> groups, boolean waitingList) {
		Step plain = of(random, load);
		List<Action> actions = waitingList ? WAITING_LIST_ACTIONS : SALE_ACTIONS;
		Action action = actions.get(random.nextInt(actions.size()));
		int size = (action == Action.BOOK_PARTY || action == Action.HOLD_PARTY) ? 1 + random.nextInt(MAX_PARTY) : 1;
		List<UserId> users = (action == Action.RESIZE) ? List.of()
				: Stream.generate(() -> LoadProfile.user(random.nextInt(load.users()))).distinct().limit(size).toList();
		int capacity = (action == Action.RESIZE) ? 1 + random.nextInt(load.capacity() + 1) : 0;
		long start = groups.get(random.nextInt(groups.size())) * SalePlan.GROUP_INTERVAL + plain.start;
		return new Step(action, users, capacity, start, plain.timeout, plain.repeats, plain.seed);
	}

	/**
	 * The user of the step, or the first of its party.
	 */
	UserId user() {
		return this.users.get(0);
	}

	@Override
	public String toString() {
		String subject = this.users.isEmpty() ? "to " + this.capacity
				: this.users.stream().map(UserId::value).collect(Collectors.joining(", "));
		String wait = (this.timeout == FOREVER) ? "" : ", waits " + this.timeout + " µs";
		return this.action + " " + subject + " at " + this.start + " µs" + wait
				+ ((this.repeats > 0) ? ", repeats " + this.repeats + " times" : "");
	}

}
