package dev.lastseat.booking;

/**
 * The outcome of leaving the waiting list.
 */
public enum LeaveOutcome implements Outcome {

	/** This call removed the user from the list. */
	LEFT,

	/** The user was not waiting. Nothing was changed. */
	NOT_WAITING,

	/** The event does not exist. */
	EVENT_NOT_FOUND;

	@Override
	public boolean changedEvent() {
		return this == LEFT;
	}

	@Override
	public LeaveOutcome ifRepeated(Request request) {
		return (this == LEFT) ? NOT_WAITING : this;
	}

}
