package dev.lastseat.booking;

/**
 * What deleting an event ends in.
 */
public enum DeletionOutcome {

	/** This call deleted the event. */
	DELETED,

	/** Somebody holds a seat; nothing was deleted. */
	HAS_REGISTRATIONS,

	/** There is no such event. */
	EVENT_NOT_FOUND,
	/** The condition on the revision does not hold; nothing was deleted. */
	STALE

}
