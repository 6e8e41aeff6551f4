package dev.lastseat.booking;

/**
 * What giving a seat back ends in.
 */
public enum ReleaseOutcome {

	/** This call gave the user's seat back. */
	RELEASED,

	/** The user held no seat: there was nothing to give back. */
	NOT_REGISTERED,

	/** There is no such event. */
	EVENT_NOT_FOUND

}
