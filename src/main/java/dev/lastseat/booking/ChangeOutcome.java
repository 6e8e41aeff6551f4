package dev.lastseat.booking;

/**
 * What changing an event ends in. Of several reasons to refuse, the first named here is
 * given.
 */
public enum ChangeOutcome {

	/** The event is as asked for. */
	CHANGED,

	/** There is no such event. */
	EVENT_NOT_FOUND,

	/** The event has been changed since the caller looked; nothing was changed now. */
	STALE,

	/** More seats are taken than the new capacity has; nothing was changed. */
	CAPACITY_BELOW_SOLD,

	/** The event would end before it starts; nothing was changed. */
	ENDS_BEFORE_START

}
