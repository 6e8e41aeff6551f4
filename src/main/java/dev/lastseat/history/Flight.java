package dev.lastseat.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The calls in flight at the moment that the search looks at, and the steps that they
 * allow.
 */
final class Flight {

	private final Rules rules;

	private final BitSet slots = new BitSet();

	private final List<Call> changing = new ArrayList<>();

	private final List<Call> observing = new ArrayList<>();

	Flight(Rules rules) {
		this.rules = rules;
	}

	void begins(Call call) {
		call.slot = this.slots.nextClearBit(0);
		this.slots.set(call.slot);
		if (call.is(Answer.UNKNOWN)) {
			call.twin = this.changing.stream().filter(call::isTwinOf).reduce(null, (earlier, later) -> later);
		}
		(call.mayChange() ? this.changing : this.observing).add(call);
		if (call.person != null) {
			call.person.begins(call);
		}
	}

	void ends(Call call) {
		(call.mayChange() ? this.changing : this.observing).remove(call);
		if (call.person != null) {
			call.person.ends(call);
		}
		this.slots.clear(call.slot);
		call.slot = Call.NONE;
	}

	/**
	 * Everywhere that one more call can have taken effect. Of calls that are
	 * interchangeable only the most urgent is tried: in any execution that begins with
	 * another one of them, the two can change places. Likewise of unknown calls that ask
	 * for the same: they stay in flight to the end, so the first of them stands for any.
	 */
	List<Configuration> steps(Configuration from) {
		List<Configuration> steps = new ArrayList<>();
		Call booking = null;
		Call cancellation = null;
		for (Call call : this.changing) {
			if (from.has(call.slot) || (call.twin != null && !from.has(call.twin.slot))) {
				continue;
			}
			if (!this.rules.isInterchangeable(from, call)) {
				add(from, call, steps);
			}
			else if (call.operation.action() == Action.BOOK) {
				booking = call.isMoreUrgentThan(booking) ? call : booking;
			}
			else {
				cancellation = call.isMoreUrgentThan(cancellation) ? call : cancellation;
			}
		}
		add(from, booking, steps);
		add(from, cancellation, steps);
		return steps;
	}

	private void add(Configuration from, Call call, List<Configuration> steps) {
		if (call != null) {
			this.rules.after(from, call).forEach((step) -> steps.add(settle(step)));
		}
	}

	/**
	 * Lets every answer that is true here, and changes nothing, be given here. Waiting
	 * for another chance would gain nothing.
	 */
	Configuration settle(Configuration at) {
		Configuration settled = at;
		for (Call call : this.observing) {
			if (!settled.has(call.slot) && this.rules.isTrue(settled, call)) {
				settled = settled.with(call.slot);
			}
		}
		return settled;
	}

}
