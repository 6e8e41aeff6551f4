package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A user, as far as the search has come.
 */
final class Person {

	/** Where the stored list has them; past its end when it does not. */
	final int place;

	/** Registered by the calls that are over. */
	private boolean registered;

	/** Calls that are not over and were told that they booked or cancelled. */
	private int changesLeft;

	/** Calls that are not over and cancelled, or may have. */
	private int cancelsLeft;

	private final List<Call> inFlight = new ArrayList<>();

	Person(int place) {
		this.place = place;
	}

	void expect(Call call) {
		this.changesLeft += call.operation.answer().changes() ? 1 : 0;
		this.cancelsLeft += mayCancel(call) ? 1 : 0;
	}

	void begins(Call call) {
		this.inFlight.add(call);
	}

	void ends(Call call) {
		this.inFlight.remove(call);
		if (call.operation.answer().changes()) {
			this.registered = !this.registered;
			this.changesLeft--;
		}
		this.cancelsLeft -= mayCancel(call) ? 1 : 0;
	}

	boolean isRegistered(Configuration at) {
		boolean is = this.registered;
		for (Call call : this.inFlight) {
			is ^= call.mayChange() && at.has(call.slot);
		}
		return is;
	}

	/** How many known bookings and cancellations are still to take effect. */
	int changesLeft(Configuration at) {
		int left = this.changesLeft;
		for (Call call : this.inFlight) {
			left -= (call.operation.answer().changes() && at.has(call.slot)) ? 1 : 0;
		}
		return left;
	}

	/** Whether a cancellation can still take effect. */
	boolean mayLeave(Configuration at) {
		int left = this.cancelsLeft;
		for (Call call : this.inFlight) {
			left -= (mayCancel(call) && at.has(call.slot)) ? 1 : 0;
		}
		return left > 0;
	}

	private static boolean mayCancel(Call call) {
		return call.operation.action() == Action.CANCEL && call.mayChange();
	}

}
