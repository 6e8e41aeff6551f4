package dev.lastseat.booking;

/**
 * What a {@link Request} ends in.
 */
public sealed interface Outcome permits BookingOutcome, ReleaseOutcome {

	/**
	 * @return whether the request changed the event
	 */
	boolean changedEvent();

	/**
	 * @return the outcome of the same request, decided again right after this one
	 */
	Outcome ifRepeated();

}
