package dev.lastseat.history;

import java.util.EnumSet;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;

/**
 * The response of an operation: a statement about the event that must be true at the
 * linearization point of the operation.
 */
public enum Answer {

	/** The operation booked a seat for the user. */
	BOOKED(Action.BOOK),

	/** The user already had a seat. */
	ALREADY_REGISTERED(Action.BOOK),

	/** No seat was free, and the user had none. */
	SOLD_OUT(Action.BOOK),

	/** The operation cancelled the seat of the user. */
	RELEASED(Action.CANCEL),

	/** The user had no seat. */
	NOT_REGISTERED(Action.CANCEL),

	/** The operation changed the capacity. */
	CHANGED(Action.RESIZE),

	/** More seats were taken than the requested capacity. */
	CAPACITY_BELOW_SOLD(Action.RESIZE),

	/** The event does not exist. No history of an existing event explains this. */
	EVENT_NOT_FOUND(Action.BOOK, Action.CANCEL, Action.RESIZE),

	/** The operation failed and certainly changed nothing. */
	NOTHING_CHANGED(Action.BOOK, Action.CANCEL, Action.RESIZE),

	/**
	 * The operation stays pending: no response tells its outcome. It may take effect at
	 * any moment after its invocation, even after all other operations have ended, or
	 * never.
	 */
	UNKNOWN(Action.BOOK, Action.CANCEL, Action.RESIZE);

	private final Set<Action> actions;

	Answer(Action first, Action... others) {
		this.actions = EnumSet.of(first, others);
	}

	boolean answers(Action action) {
		return this.actions.contains(action);
	}

	/** Tells whether an operation with this answer changes the event. */
	boolean changes() {
		return this == BOOKED || this == RELEASED || this == CHANGED;
	}

	static Answer of(BookingOutcome outcome) {
		return switch (outcome) {
			case BOOKED, CONFIRMED -> BOOKED;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case SOLD_OUT -> SOLD_OUT;
			case NOT_OPEN, CLOSED -> NOTHING_CHANGED;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	static Answer of(ReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED -> RELEASED;
			case NOT_REGISTERED -> NOT_REGISTERED;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	/**
	 * Revisions and times are not part of a history. A change that was refused because of
	 * them changed nothing.
	 */
	static Answer of(ChangeOutcome outcome) {
		return switch (outcome) {
			case CHANGED -> CHANGED;
			case CAPACITY_BELOW_SOLD -> CAPACITY_BELOW_SOLD;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
			case STALE, ENDS_BEFORE_START, CLOSES_BEFORE_OPENING -> NOTHING_CHANGED;
		};
	}

	/** An unknown fault leaves the outcome unknown. */
	static Answer of(Throwable fault) {
		boolean harmless = fault instanceof StorageException.Unavailable || fault instanceof StorageException.Busy
				|| fault instanceof OverloadedException;
		return harmless ? NOTHING_CHANGED : UNKNOWN;
	}

}
