package dev.lastseat.booking;

/**
 * The outcome of a booking. It describes the stored event exactly, at one moment between
 * the call and its answer.
 */
public enum BookingOutcome implements Outcome {

	/** This call booked a seat. */
	BOOKED,

	/** The user was registered before this call. The event may be full. */
	ALREADY_REGISTERED,

	/** No seat was free, and the user is not registered. */
	SOLD_OUT,

	/** The event does not exist. */
	EVENT_NOT_FOUND;

	@Override
	public boolean changedEvent() {
		return this == BOOKED;
	}

	@Override
	public BookingOutcome ifRepeated() {
		return (this == BOOKED) ? ALREADY_REGISTERED : this;
	}

}
