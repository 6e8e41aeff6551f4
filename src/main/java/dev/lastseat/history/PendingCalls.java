package dev.lastseat.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The calls that are pending at the current point of the search, and the configurations
 * to which they lead.
 */
final class PendingCalls {

	private final SequentialSpecification specification;

	private final BitSet slots = new BitSet();

	private final List<Call> writes = new ArrayList<>();

	private final List<Call> reads = new ArrayList<>();

	PendingCalls(SequentialSpecification specification) {
		this.specification = specification;
	}

	void add(Call call) {
		call.slot = this.slots.nextClearBit(0);
		this.slots.set(call.slot);
		if (call.is(Answer.UNKNOWN)) {
			call.earlierDuplicate = this.writes.stream()
				.filter(call::isDuplicateOf)
				.reduce(null, (earlier, later) -> later);
		}
		(call.mayChange() ? this.writes : this.reads).add(call);
		if (call.user != null) {
			call.user.addPending(call);
		}
	}

	void remove(Call call) {
		(call.mayChange() ? this.writes : this.reads).remove(call);
		if (call.user != null) {
			call.user.removePending(call);
		}
		this.slots.clear(call.slot);
		call.slot = Call.NONE;
	}

	/**
	 * Returns the configurations after one more call has taken effect. Of interchangeable
	 * calls only the one with the earliest response is tried: in every execution that
	 * starts with another of them, the two can be swapped. Of duplicate calls with an
	 * unknown outcome only the first is tried: they all stay pending to the end.
	 */
	List<Configuration> steps(Configuration from) {
		List<Configuration> steps = new ArrayList<>();
		Call booking = null;
		Call cancellation = null;
		for (Call call : this.writes) {
			if (from.isLinearized(call.slot)
					|| (call.earlierDuplicate != null && !from.isLinearized(call.earlierDuplicate.slot))) {
				continue;
			}
			if (!this.specification.isInterchangeable(from, call)) {
				addSteps(from, call, steps);
			}
			else if (call.operation.action() == Action.BOOK) {
				booking = call.respondsBefore(booking) ? call : booking;
			}
			else {
				cancellation = call.respondsBefore(cancellation) ? call : cancellation;
			}
		}
		addSteps(from, booking, steps);
		addSteps(from, cancellation, steps);
		return steps;
	}

	private void addSteps(Configuration from, Call call, List<Configuration> steps) {
		if (call != null) {
			this.specification.apply(from, call).forEach((step) -> steps.add(linearizeReads(step)));
		}
	}

	/**
	 * Linearizes every call that changes nothing and whose answer is true in this
	 * configuration. A later linearization point would not allow more executions.
	 */
	Configuration linearizeReads(Configuration from) {
		Configuration linearized = from;
		for (Call call : this.reads) {
			if (!linearized.isLinearized(call.slot) && this.specification.permits(linearized, call)) {
				linearized = linearized.linearize(call.slot);
			}
		}
		return linearized;
	}

}
