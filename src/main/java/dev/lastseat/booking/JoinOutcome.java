package dev.lastseat.booking;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request to join the waiting list.
 *
 * @param place of the user in the list; null when the request was refused
 */
public record JoinOutcome(Kind kind, @Nullable WaitingPlace place) implements Outcome {

	/**
	 * @return an outcome without a place
	 */
	public static JoinOutcome refused(Kind kind) {
		return new JoinOutcome(kind, null);
	}

	@Override
	public boolean changedEvent() {
		return this.kind == Kind.JOINED;
	}

	@Override
	public JoinOutcome ifRepeated(Request request) {
		return changedEvent() ? new JoinOutcome(Kind.ALREADY_WAITING, this.place) : this;
	}

	/**
	 * What became of a request to join. When several reasons to refuse apply, the first
	 * one in this order is the outcome.
	 */
	public enum Kind {

		/** This call put the user at the end of the list. */
		JOINED,

		/** The user was waiting before this call, and keeps its place. */
		ALREADY_WAITING,

		/** The event does not exist. */
		EVENT_NOT_FOUND,

		/** The user is registered. */
		ALREADY_REGISTERED,

		/** The sale is closed, and the user has neither a hold nor an offer. */
		CLOSED,

		/**
		 * The user can book, as soon as the sale is open: it has a hold or an offer, or a
		 * seat is free.
		 */
		SEATS_FREE,

		/** The list has as many users as it may have. */
		LIST_FULL

	}

}
