package dev.lastseat.booking;

/**
 * The outcome of a booking. When several reasons to refuse apply, the first one in this
 * order is the outcome.
 */
public enum BookingOutcome implements Outcome {

	/** This call booked a free seat. */
	BOOKED,

	/** This call confirmed the hold of the user: the user is registered now. */
	CONFIRMED,

	/** The event does not exist. */
	EVENT_NOT_FOUND,

	/** The user was registered before this call. The event may be full. */
	ALREADY_REGISTERED,

	/** The sale has not opened yet. */
	NOT_OPEN,

	/** The sale is closed. */
	CLOSED,

	/** No seat was free, and the user is not registered and has no hold. */
	SOLD_OUT;

	@Override
	public boolean changedEvent() {
		return this == BOOKED || this == CONFIRMED;
	}

	@Override
	public BookingOutcome ifRepeated(Request request) {
		return changedEvent() ? ALREADY_REGISTERED : this;
	}

}
