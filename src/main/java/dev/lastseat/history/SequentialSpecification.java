package dev.lastseat.history;

import java.util.List;

/**
 * The sequential specification of an event: which calls can take effect in a
 * configuration, and to which configurations they lead.
 */
final class SequentialSpecification {

	/** Whether the execution must end in a stored list. */
	private final boolean stored;

	SequentialSpecification(boolean stored) {
		this.stored = stored;
	}

	/**
	 * @param call a pending call that changes the event and has not taken effect
	 * @return the configurations to which it can lead; several when a booking may be
	 * cancelled later or may stay
	 */
	List<Configuration> apply(Configuration from, Call call) {
		return switch (call.operation.action()) {
			case BOOK -> canBook(from, call) ? booked(from, call) : List.of();
			case CANCEL -> canCancel(from, call)
					? List.of(from.linearize(call.slot, from.capacity(), from.ticketsSold() - 1, from.storedPrefix()))
					: List.of();
			case RESIZE -> (from.ticketsSold() <= call.operation.capacity()) ? resized(from, call) : List.of();
			case HOLD, RELEASE_HOLD, BOOK_PARTY, HOLD_PARTY, JOIN, LEAVE ->
				throw new IllegalStateException(call.operation.action() + " needs another check");
		};
	}

	private static List<Configuration> resized(Configuration from, Call call) {
		int capacity = call.operation.capacity();
		// A pending call that changes nothing is equal to one that never takes effect.
		boolean idle = call.is(Answer.UNKNOWN) && capacity == from.capacity();
		return idle ? List.of() : List.of(from.linearize(call.slot, capacity, from.ticketsSold(), from.storedPrefix()));
	}

	private static boolean canBook(Configuration from, Call call) {
		return from.ticketsSold() < from.capacity() && !call.user.isRegistered(from);
	}

	private static boolean canCancel(Configuration from, Call call) {
		return call.user.isRegistered(from) && call.user.storedIndex >= from.storedPrefix();
	}

	/**
	 * With a stored list, a booking either stays or is cancelled later. A booking stays
	 * only if its user is next in the list and has no further change. The list fixes the
	 * order of the bookings that stay. The order of the other bookings has no effect.
	 */
	private List<Configuration> booked(Configuration from, Call call) {
		Configuration leaving = from.linearize(call.slot, from.capacity(), from.ticketsSold() + 1, from.storedPrefix());
		if (!this.stored) {
			return List.of(leaving);
		}
		Configuration staying = from.linearize(call.slot, from.capacity(), from.ticketsSold() + 1,
				from.storedPrefix() + 1);
		boolean mayStay = call.user.storedIndex == from.storedPrefix() && call.user.changesLeft(staying) == 0;
		boolean mayLeave = call.user.mayLeave(from);
		if (mayStay && mayLeave) {
			return List.of(staying, leaving);
		}
		return mayStay ? List.of(staying) : (mayLeave ? List.of(leaving) : List.of());
	}

	/**
	 * Tells whether the answer of a call that changes nothing is true in a configuration.
	 */
	boolean permits(Configuration from, Call call) {
		return switch (call.operation.answer()) {
			case ALREADY_REGISTERED -> call.user.isRegistered(from);
			case SOLD_OUT -> from.ticketsSold() >= from.capacity() && !call.user.isRegistered(from);
			case NOT_REGISTERED -> !call.user.isRegistered(from);
			case CAPACITY_BELOW_SOLD -> from.ticketsSold() > call.operation.capacity();
			default -> false;
		};
	}

	/**
	 * Tells whether the call can take effect now, and it makes no difference which of
	 * several such calls of one kind does. Such calls are alone, so no other answer of
	 * their users depends on them. With a stored list they must also certainly take
	 * effect and leave no trace in that list.
	 */
	boolean isInterchangeable(Configuration from, Call call) {
		if (!call.alone) {
			return false;
		}
		boolean cancel = call.operation.action() == Action.CANCEL;
		if (!(cancel ? canCancel(from, call) : canBook(from, call))) {
			return false;
		}
		if (!this.stored) {
			return true;
		}
		// The one change that is left is the booking itself.
		return !call.is(Answer.UNKNOWN) && (cancel || call.user.changesLeft(from) > 1);
	}

}
