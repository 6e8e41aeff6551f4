package dev.lastseat.booking;

/**
 * The outcome of a {@link Request}. It describes the stored event exactly, at one moment
 * between the call and its answer.
 */
public sealed interface Outcome permits BookingOutcome, ReleaseOutcome, HoldOutcome, HoldReleaseOutcome, PartyOutcome,
		PartyHoldOutcome, JoinOutcome, LeaveOutcome {

	/**
	 * @return true when the request changed the stored event
	 */
	boolean changedEvent();

	/**
	 * @param request the request that has this outcome
	 * @return the outcome of the same request if it is decided again, with no other
	 * change in between
	 */
	Outcome ifRepeated(Request request);

}
