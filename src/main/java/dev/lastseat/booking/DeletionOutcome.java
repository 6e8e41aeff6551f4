package dev.lastseat.booking;

/**
 * The outcome of deleting an event.
 */
public enum DeletionOutcome {

	/** This call deleted the event. */
	DELETED,

	/** At least one user is registered or has a hold; nothing was deleted. */
	HAS_REGISTRATIONS,

	/** The event does not exist. */
	EVENT_NOT_FOUND,

	/** The revision does not meet the condition of the caller; nothing was deleted. */
	STALE

}
