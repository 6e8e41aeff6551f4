package dev.lastseat.history;

import java.util.EnumSet;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;

/**
 * What an operation was told, as a statement about the event at one moment of the
 * operation.
 */
public enum Answer {

	/** The seat is the user's, by this operation. */
	BOOKED(Action.BOOK),

	/** The user held a seat already. */
	ALREADY_REGISTERED(Action.BOOK),

	/** No seat was free, and the user held none. */
	SOLD_OUT(Action.BOOK),

	/** The seat is free again, by this operation. */
	RELEASED(Action.CANCEL),

	/** The user held no seat. */
	NOT_REGISTERED(Action.CANCEL),

	/** The capacity is as asked for, by this operation. */
	CHANGED(Action.RESIZE),

	/** More seats were taken than the new capacity has. */
	CAPACITY_BELOW_SOLD(Action.RESIZE),

	/** A statement that no history of an existing event explains. */
	EVENT_NOT_FOUND(Action.BOOK, Action.CANCEL, Action.RESIZE),

	/** It failed, and it is certain that it changed nothing. */
	NOTHING_CHANGED(Action.BOOK, Action.CANCEL, Action.RESIZE),

	/**
	 * No answer that says what became of it: it takes effect at any moment after it was
	 * asked for, also after all others are over, or never.
	 */
	UNKNOWN(Action.BOOK, Action.CANCEL, Action.RESIZE);

	private final Set<Action> actions;

	Answer(Action first, Action... others) {
		this.actions = EnumSet.of(first, others);
	}

	boolean answers(Action action) {
		return this.actions.contains(action);
	}

	/** Whether the event is another one after it. */
	boolean changes() {
		return this == BOOKED || this == RELEASED || this == CHANGED;
	}

	static Answer of(BookingOutcome outcome) {
		return switch (outcome) {
			case BOOKED -> BOOKED;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case SOLD_OUT -> SOLD_OUT;
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
	 * Revisions and times are no part of a history: what was refused for their sake
	 * changed nothing.
	 */
	static Answer of(ChangeOutcome outcome) {
		return switch (outcome) {
			case CHANGED -> CHANGED;
			case CAPACITY_BELOW_SOLD -> CAPACITY_BELOW_SOLD;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
			case STALE, ENDS_BEFORE_START -> NOTHING_CHANGED;
		};
	}

	/**
	 * Of a fault that is not known, nothing is known.
	 */
	static Answer of(Throwable fault) {
		boolean harmless = fault instanceof StorageException.Unavailable || fault instanceof StorageException.Busy
				|| fault instanceof OverloadedException;
		return harmless ? NOTHING_CHANGED : UNKNOWN;
	}

}
