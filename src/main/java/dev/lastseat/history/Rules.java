package dev.lastseat.history;

import java.util.List;

/**
 * The event as it must behave: which calls can take effect in a configuration, and what
 * it is then.
 */
final class Rules {

	/** Whether there is a stored list that the execution has to end in. */
	private final boolean stored;

	Rules(boolean stored) {
		this.stored = stored;
	}

	/**
	 * @param call that changes the event, is in flight and has not taken effect
	 * @return the configurations that it can lead to; more than one where it is not
	 * settled whether a booking stays
	 */
	List<Configuration> after(Configuration at, Call call) {
		return switch (call.operation.action()) {
			case BOOK -> canBook(at, call) ? booked(at, call) : List.of();
			case CANCEL ->
				canCancel(at, call) ? List.of(at.with(call.slot, at.capacity(), at.sold() - 1, at.kept())) : List.of();
			case RESIZE -> (at.sold() <= call.operation.capacity()) ? resized(at, call) : List.of();
		};
	}

	private static List<Configuration> resized(Configuration at, Call call) {
		int capacity = call.operation.capacity();
		// That an unknown one changes nothing is the same as that it never happens.
		boolean idle = call.is(Answer.UNKNOWN) && capacity == at.capacity();
		return idle ? List.of() : List.of(at.with(call.slot, capacity, at.sold(), at.kept()));
	}

	private static boolean canBook(Configuration at, Call call) {
		return at.sold() < at.capacity() && !call.person.isRegistered(at);
	}

	private static boolean canCancel(Configuration at, Call call) {
		return call.person.isRegistered(at) && call.person.place >= at.kept();
	}

	/**
	 * With a stored list, a booking either stays, and then it is the turn of the user in
	 * the list and nothing more comes, or it is cancelled later. The list has the order
	 * of those that stay, and the order of the others does not matter.
	 */
	private List<Configuration> booked(Configuration at, Call call) {
		Configuration leaving = at.with(call.slot, at.capacity(), at.sold() + 1, at.kept());
		if (!this.stored) {
			return List.of(leaving);
		}
		Configuration staying = at.with(call.slot, at.capacity(), at.sold() + 1, at.kept() + 1);
		boolean mayStay = call.person.place == at.kept() && call.person.changesLeft(staying) == 0;
		boolean mayLeave = call.person.mayLeave(at);
		if (mayStay && mayLeave) {
			return List.of(staying, leaving);
		}
		return mayStay ? List.of(staying) : (mayLeave ? List.of(leaving) : List.of());
	}

	/**
	 * Whether the answer of a call that changes nothing is true of this state.
	 */
	boolean isTrue(Configuration at, Call call) {
		return switch (call.operation.answer()) {
			case ALREADY_REGISTERED -> call.person.isRegistered(at);
			case SOLD_OUT -> at.sold() >= at.capacity() && !call.person.isRegistered(at);
			case NOT_REGISTERED -> !call.person.isRegistered(at);
			case CAPACITY_BELOW_SOLD -> at.sold() > call.operation.capacity();
			default -> false;
		};
	}

	/**
	 * Whether the call can take effect now, and it makes no difference to anything else
	 * which of several such calls of one kind does. They are alone, so nothing that their
	 * users were told depends on it; and they certainly take effect and leave no trace in
	 * the stored list, or there is none.
	 */
	boolean isInterchangeable(Configuration at, Call call) {
		if (!call.alone) {
			return false;
		}
		boolean cancel = call.operation.action() == Action.CANCEL;
		if (!(cancel ? canCancel(at, call) : canBook(at, call))) {
			return false;
		}
		if (!this.stored) {
			return true;
		}
		// One change left is the booking itself.
		return !call.is(Answer.UNKNOWN) && (cancel || call.person.changesLeft(at) > 1);
	}

}
