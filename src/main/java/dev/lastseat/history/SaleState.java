package dev.lastseat.history;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A state of the {@link SaleSearch}: the event, and which calls have taken effect. A
 * state is changed only while it is made.
 */
final class SaleState {

	/** The user has neither a seat nor a hold. */
	static final int NONE = 0;

	/** The user is registered, and a call will cancel the seat. */
	static final int LEAVING = 1;

	/** The user is registered, and no call cancels the seat. */
	static final int STAYING = 2;

	/** The user has the hold with number 0; further holds follow. */
	static final int FIRST_HOLD = 3;

	final BitSet linearized;

	int capacity;

	int sold;

	int held;

	/** How many users at the start of the stored list are registered. */
	int storedPrefix;

	private final int[] users;

	private SaleState(BitSet linearized, int capacity, int sold, int held, int storedPrefix, int[] users) {
		this.linearized = linearized;
		this.capacity = capacity;
		this.sold = sold;
		this.held = held;
		this.storedPrefix = storedPrefix;
		this.users = users;
	}

	static SaleState initial(int capacity, int users) {
		return new SaleState(new BitSet(), capacity, 0, 0, 0, new int[users]);
	}

	/** A copy to be changed. */
	SaleState copy() {
		return new SaleState((BitSet) this.linearized.clone(), this.capacity, this.sold, this.held, this.storedPrefix,
				this.users.clone());
	}

	boolean isLinearized(SaleCall call) {
		return this.linearized.get(call.number());
	}

	boolean isRegistered(int user) {
		return this.users[user] == LEAVING || this.users[user] == STAYING;
	}

	boolean isLeaving(int user) {
		return this.users[user] == LEAVING;
	}

	boolean hasHold(int user) {
		return this.users[user] >= FIRST_HOLD;
	}

	/** The number of the hold of a user with a hold. */
	int hold(int user) {
		return this.users[user] - FIRST_HOLD;
	}

	int freeSeats() {
		return this.capacity - this.sold - this.held;
	}

	void register(int user, boolean staying) {
		endHold(user);
		this.users[user] = staying ? STAYING : LEAVING;
		this.sold++;
		this.storedPrefix += staying ? 1 : 0;
	}

	void cancel(int user) {
		this.users[user] = NONE;
		this.sold--;
	}

	void makeHold(int user, int hold) {
		endHold(user);
		this.users[user] = FIRST_HOLD + hold;
		this.held++;
	}

	void endHold(int user) {
		if (hasHold(user)) {
			this.users[user] = NONE;
			this.held--;
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SaleState state && this.capacity == state.capacity && this.sold == state.sold
				&& this.held == state.held && this.storedPrefix == state.storedPrefix
				&& this.linearized.equals(state.linearized) && Arrays.equals(this.users, state.users);
	}

	@Override
	public int hashCode() {
		return 31 * (31 * this.linearized.hashCode() + Arrays.hashCode(this.users)) + this.capacity;
	}

}
