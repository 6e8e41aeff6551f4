package dev.lastseat.history;

import java.util.BitSet;

/**
 * How far an execution can be: the state of the event, and which of the operations in
 * flight have taken effect. Who is registered follows from both, since a user's bookings
 * and cancellations take turns.
 *
 * @param done the slots of the operations in flight that have taken effect; not to be
 * changed
 * @param sold how many are registered
 * @param kept how many of the stored list, from its beginning, are registered for good
 */
record Configuration(BitSet done, int capacity, int sold, int kept) {

	static Configuration initial(int capacity) {
		return new Configuration(new BitSet(), capacity, 0, 0);
	}

	boolean has(int slot) {
		return this.done.get(slot);
	}

	/** The operation that changes nothing has taken effect too. */
	Configuration with(int slot) {
		return with(slot, this.capacity, this.sold, this.kept);
	}

	Configuration with(int slot, int capacity, int sold, int kept) {
		BitSet more = (BitSet) this.done.clone();
		more.set(slot);
		return new Configuration(more, capacity, sold, kept);
	}

	/** The operation is not in flight any more. */
	Configuration without(int slot) {
		BitSet fewer = (BitSet) this.done.clone();
		fewer.clear(slot);
		return new Configuration(fewer, this.capacity, this.sold, this.kept);
	}

}
