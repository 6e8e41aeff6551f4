package dev.lastseat.history;

import java.util.BitSet;

/**
 * A configuration of the search: the state of the event and the pending operations that
 * are linearized, which means that they have taken effect. These two determine which
 * users are registered, because a user's bookings and cancellations alternate.
 *
 * @param linearized the slots of the pending operations that have taken effect; must not
 * be changed
 * @param ticketsSold the number of registered users
 * @param storedPrefix how many users at the start of the stored list are registered and
 * stay registered
 */
record Configuration(BitSet linearized, int capacity, int ticketsSold, int storedPrefix) {

	static Configuration initial(int capacity) {
		return new Configuration(new BitSet(), capacity, 0, 0);
	}

	boolean isLinearized(int slot) {
		return this.linearized.get(slot);
	}

	/** Linearizes an operation that changes nothing. */
	Configuration linearize(int slot) {
		return linearize(slot, this.capacity, this.ticketsSold, this.storedPrefix);
	}

	Configuration linearize(int slot, int capacity, int ticketsSold, int storedPrefix) {
		BitSet more = (BitSet) this.linearized.clone();
		more.set(slot);
		return new Configuration(more, capacity, ticketsSold, storedPrefix);
	}

	/** Removes an operation that is no longer pending. */
	Configuration remove(int slot) {
		BitSet fewer = (BitSet) this.linearized.clone();
		fewer.clear(slot);
		return new Configuration(fewer, this.capacity, this.ticketsSold, this.storedPrefix);
	}

}
