package dev.lastseat.booking;

/**
 * The outcome of changing an event. When several reasons to refuse apply, the first one
 * in this order is the outcome.
 */
public enum ChangeOutcome {

	/** The event has the requested values. */
	CHANGED,

	/** The event does not exist. */
	EVENT_NOT_FOUND,

	/** The revision does not meet the condition of the caller; nothing was changed. */
	STALE,

	/**
	 * The new capacity is lower than the seats that are sold or held; nothing was
	 * changed.
	 */
	CAPACITY_BELOW_SOLD,

	/** The event would end before it starts; nothing was changed. */
	ENDS_BEFORE_START,

	/** The sale would close before it opens; nothing was changed. */
	CLOSES_BEFORE_OPENING

}
