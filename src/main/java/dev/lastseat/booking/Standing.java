package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What an event is to a user, at one moment.
 *
 * @param hold the hold or the offer; null in any other state
 * @param place in the waiting list; null when the user is not waiting
 */
public record Standing(State state, @Nullable Hold hold, @Nullable WaitingPlace place) {

	/** The user has nothing to do with the event. */
	public static final Standing NONE = new Standing(State.NONE, null, null);

	/** The user is registered. */
	public static final Standing REGISTERED = new Standing(State.REGISTERED, null, null);

	public static Standing of(Hold hold) {
		return new Standing(hold.offer() ? State.OFFERED : State.HOLDING, hold, null);
	}

	public static Standing of(WaitingPlace place) {
		return new Standing(State.WAITING, null, place);
	}

	/**
	 * @return when the hold or the offer expires; null in any other state
	 */
	public @Nullable Instant expiresAt() {
		return (this.hold != null) ? this.hold.until() : null;
	}

	/** A user is in exactly one of these states. */
	public enum State {

		REGISTERED, HOLDING,

		/** A free seat is kept for the user because it was waiting. */
		OFFERED,

		WAITING,

		/** None of the others, or a hold or an offer that is expired. */
		NONE

	}

}
