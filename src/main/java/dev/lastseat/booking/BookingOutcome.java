package dev.lastseat.booking;

/**
 * What a booking ends in. Each is an exact statement about the stored event at a moment
 * between the call and its answer.
 */
public enum BookingOutcome implements Outcome {

	/** This call took the seat. */
	BOOKED,

	/** The user held a seat already, whether or not the event is full. */
	ALREADY_REGISTERED,

	/** No seat was free, and the user holds none. */
	SOLD_OUT,

	/** There is no such event. */
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
