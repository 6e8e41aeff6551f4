package dev.lastseat.booking;

/**
 * What a user asks of an event, to be decided by a round of the event's queue.
 */
public sealed interface Request {

	UserId user();

	/** Asks for a seat. Ends in a {@link BookingOutcome}. */
	record Booking(UserId user) implements Request {
	}

	/** Gives a seat back. Ends in a {@link ReleaseOutcome}. */
	record Cancellation(UserId user) implements Request {
	}

}
