package dev.lastseat.booking;

/**
 * The outcome of giving a hold back.
 */
public enum HoldReleaseOutcome implements Outcome {

	/** This call ended the hold. */
	RELEASED,

	/** The user had no hold. Nothing was changed. */
	NOT_HELD,

	/** The event does not exist. */
	EVENT_NOT_FOUND;

	@Override
	public boolean changedEvent() {
		return this == RELEASED;
	}

	@Override
	public HoldReleaseOutcome ifRepeated(Request request) {
		return (this == RELEASED) ? NOT_HELD : this;
	}

}
