package dev.lastseat.booking;

/**
 * A request of one user for one event. A round of the event queue decides it.
 */
public sealed interface Request {

	UserId user();

	/** Books a seat. Its outcome is a {@link BookingOutcome}. */
	record Booking(UserId user) implements Request {
	}

	/** Releases the seat of the user. Its outcome is a {@link ReleaseOutcome}. */
	record Cancellation(UserId user) implements Request {
	}

}
