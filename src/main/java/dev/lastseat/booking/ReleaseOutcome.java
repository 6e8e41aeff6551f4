package dev.lastseat.booking;

/**
 * What a cancellation ends in. Each is an exact statement about the stored event at a
 * moment between the call and its answer.
 */
public enum ReleaseOutcome implements Outcome {

	/** This call gave the user's seat back. */
	RELEASED,

	/** The user held no seat: there was nothing to give back. */
	NOT_REGISTERED,

	/** There is no such event. */
	EVENT_NOT_FOUND;

	@Override
	public boolean changedEvent() {
		return this == RELEASED;
	}

	@Override
	public ReleaseOutcome ifRepeated() {
		return (this == RELEASED) ? NOT_REGISTERED : this;
	}

}
