package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;

/** The state of one user at the current point of the search. */
final class UserState {

	/** The index in the stored list; beyond its end for a user who is not stored. */
	final int storedIndex;

	/** Whether the user is registered after the calls that have responded. */
	private boolean registered;

	/**
	 * Calls without a response yet whose answer will be a booking or a cancellation.
	 */
	private int changesLeft;

	/** Calls without a response yet that cancel, or may cancel. */
	private int cancelsLeft;

	private final List<Call> pending = new ArrayList<>();

	UserState(int storedIndex) {
		this.storedIndex = storedIndex;
	}

	void expect(Call call) {
		this.changesLeft += call.operation.answer().changes() ? 1 : 0;
		this.cancelsLeft += mayCancel(call) ? 1 : 0;
	}

	void addPending(Call call) {
		this.pending.add(call);
	}

	void removePending(Call call) {
		this.pending.remove(call);
		if (call.operation.answer().changes()) {
			this.registered = !this.registered;
			this.changesLeft--;
		}
		this.cancelsLeft -= mayCancel(call) ? 1 : 0;
	}

	boolean isRegistered(Configuration from) {
		boolean registeredNow = this.registered;
		for (Call call : this.pending) {
			registeredNow ^= call.mayChange() && from.isLinearized(call.slot);
		}
		return registeredNow;
	}

	/**
	 * Counts the certain bookings and cancellations that have not taken effect yet.
	 */
	int changesLeft(Configuration from) {
		int left = this.changesLeft;
		for (Call call : this.pending) {
			left -= (call.operation.answer().changes() && from.isLinearized(call.slot)) ? 1 : 0;
		}
		return left;
	}

	/** Tells whether a cancellation can still take effect. */
	boolean mayLeave(Configuration from) {
		int left = this.cancelsLeft;
		for (Call call : this.pending) {
			left -= (mayCancel(call) && from.isLinearized(call.slot)) ? 1 : 0;
		}
		return left > 0;
	}

	private static boolean mayCancel(Call call) {
		return call.operation.action() == Action.CANCEL && call.mayChange();
	}

}
