package dev.lastseat.booking;

/**
 * The outcome of a {@link Request}.
 */
public sealed interface Outcome permits BookingOutcome, ReleaseOutcome {

	/**
	 * @return true when the request changed the stored event
	 */
	boolean changedEvent();

	/**
	 * @return the outcome of the same request if it is decided again, with no other
	 * change in between
	 */
	Outcome ifRepeated();

}
