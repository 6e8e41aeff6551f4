package dev.lastseat.booking;

/**
 * The outcome of a cancellation. It describes the stored event exactly, at one moment
 * between the call and its answer.
 */
public enum ReleaseOutcome implements Outcome {

	/** This call released the seat of the user. */
	RELEASED,

	/** The user was not registered. Nothing was changed. */
	NOT_REGISTERED,

	/** The event does not exist. */
	EVENT_NOT_FOUND;

	@Override
	public boolean changedEvent() {
		return this == RELEASED;
	}

	@Override
	public ReleaseOutcome ifRepeated(Request request) {
		return (this == RELEASED) ? NOT_REGISTERED : this;
	}

}
