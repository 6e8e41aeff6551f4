package dev.lastseat.booking;

/**
 * What a change of an event's capacity ends in.
 */
public enum CapacityOutcome {

	/** The event has the new capacity. */
	CHANGED,

	/** More seats are taken than the new capacity has; nothing was changed. */
	BELOW_SOLD,

	/** There is no such event. */
	EVENT_NOT_FOUND

}
