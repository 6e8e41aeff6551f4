package dev.lastseat.history;

import java.util.EnumSet;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;

/**
 * The response of an operation: a statement about the event that must be true at the
 * linearization point of the operation.
 */
public enum Answer {

	/** The operation booked a seat for the user, or for each user of the party. */
	BOOKED(Action.BOOK, Action.BOOK_PARTY),

	/** The user had a hold, and the operation made it a booked seat. */
	CONFIRMED(Action.BOOK),

	/**
	 * The user already had a seat. To {@code BOOK_PARTY}: all users had one. To
	 * {@code HOLD_PARTY}: one of the users had one.
	 */
	ALREADY_REGISTERED(Action.BOOK, Action.BOOK_PARTY, Action.HOLD, Action.HOLD_PARTY, Action.JOIN),

	/**
	 * The user had neither a seat nor a hold, and no seat was free, or other users waited
	 * for it. To a party: fewer seats were free than it needed.
	 */
	SOLD_OUT(Action.BOOK, Action.BOOK_PARTY, Action.HOLD, Action.HOLD_PARTY),

	/** The sale had not opened. */
	NOT_OPEN(Action.BOOK, Action.BOOK_PARTY, Action.HOLD, Action.HOLD_PARTY),

	/** The sale was closed, and a user had neither a seat nor a hold. */
	CLOSED(Action.BOOK, Action.BOOK_PARTY, Action.HOLD, Action.HOLD_PARTY, Action.JOIN),

	/** The operation made a hold for the user, or for at least one of the party. */
	HELD(Action.HOLD, Action.HOLD_PARTY),

	/** Each user already had a hold that was not expired. */
	ALREADY_HELD(Action.HOLD, Action.HOLD_PARTY),

	/** The operation ended the hold of the user. */
	HOLD_RELEASED(Action.RELEASE_HOLD),

	/** The user had no hold. */
	NOT_HELD(Action.RELEASE_HOLD),

	/** The operation put the user at the end of the waiting list. */
	JOINED(Action.JOIN),

	/** The user was waiting already, and kept its place. */
	ALREADY_WAITING(Action.JOIN),

	/** The user could book: it had a hold, or a seat was free and nobody waited. */
	SEATS_FREE(Action.JOIN),

	/** The operation removed the user from the waiting list. */
	LEFT(Action.LEAVE),

	/** The user was not waiting. */
	NOT_WAITING(Action.LEAVE),

	/** The operation cancelled the seat of the user. */
	RELEASED(Action.CANCEL),

	/** The user had no seat. */
	NOT_REGISTERED(Action.CANCEL),

	/** The operation changed the capacity. */
	CHANGED(Action.RESIZE),

	/** More seats were sold or held than the requested capacity. */
	CAPACITY_BELOW_SOLD(Action.RESIZE),

	/** The event does not exist. No history of an existing event explains this. */
	EVENT_NOT_FOUND(EnumSet.allOf(Action.class)),

	/** The operation failed and certainly changed nothing. */
	NOTHING_CHANGED(EnumSet.allOf(Action.class)),

	/**
	 * The operation stays pending: no response tells its outcome. It may take effect at
	 * any moment after its invocation, even after all other operations have ended, or
	 * never.
	 */
	UNKNOWN(EnumSet.allOf(Action.class));

	private final Set<Action> actions;

	Answer(Action first, Action... others) {
		this(EnumSet.of(first, others));
	}

	Answer(Set<Action> actions) {
		this.actions = actions;
	}

	boolean answers(Action action) {
		return this.actions.contains(action);
	}

	/** Tells whether an operation with this answer changes the event. */
	boolean changes() {
		return switch (this) {
			case BOOKED, CONFIRMED, RELEASED, CHANGED, HELD, HOLD_RELEASED, JOINED, LEFT -> true;
			default -> false;
		};
	}

	/** Whether histories with this answer need no {@link SaleSearch}. */
	boolean isPlain() {
		return this != CONFIRMED && this != NOT_OPEN && this != CLOSED;
	}

	boolean namesHolds() {
		return this == HELD || this == ALREADY_HELD;
	}

	static Answer of(BookingOutcome outcome) {
		return switch (outcome) {
			case BOOKED -> BOOKED;
			case CONFIRMED -> CONFIRMED;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case NOT_OPEN -> NOT_OPEN;
			case CLOSED -> CLOSED;
			case SOLD_OUT -> SOLD_OUT;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	/** The number of holds is not part of a history, so their limit is not either. */
	static Answer of(HoldOutcome.Kind kind) {
		return switch (kind) {
			case HELD -> HELD;
			case ALREADY_HELD -> ALREADY_HELD;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case NOT_OPEN -> NOT_OPEN;
			case CLOSED -> CLOSED;
			case SOLD_OUT -> SOLD_OUT;
			case TOO_MANY_HOLDS -> NOTHING_CHANGED;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	static Answer of(HoldReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED -> HOLD_RELEASED;
			case NOT_HELD -> NOT_HELD;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	/** The length of the list is not part of a history, so its limit is not either. */
	static Answer of(JoinOutcome.Kind kind) {
		return switch (kind) {
			case JOINED -> JOINED;
			case ALREADY_WAITING -> ALREADY_WAITING;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case SEATS_FREE -> SEATS_FREE;
			case CLOSED -> CLOSED;
			case LIST_FULL -> NOTHING_CHANGED;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	static Answer of(LeaveOutcome outcome) {
		return switch (outcome) {
			case LEFT -> LEFT;
			case NOT_WAITING -> NOT_WAITING;
			case EVENT_NOT_FOUND -> EVENT_NOT_FOUND;
		};
	}

	static Answer of(PartyOutcome.Kind kind) {
		return switch (kind) {
			case BOOKED -> BOOKED;
			case ALREADY_REGISTERED -> ALREADY_REGISTERED;
			case NOT_OPEN -> NOT_OPEN;
			case CLOSED -> CLOSED;
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
