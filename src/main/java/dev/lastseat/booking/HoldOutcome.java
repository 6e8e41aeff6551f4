package dev.lastseat.booking;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request for a hold.
 *
 * @param hold the hold of the user; null when the request was refused
 */
public record HoldOutcome(Kind kind, @Nullable Hold hold) implements Outcome {

	/**
	 * @return an outcome without a hold
	 */
	public static HoldOutcome refused(Kind kind) {
		return new HoldOutcome(kind, null);
	}

	@Override
	public boolean changedEvent() {
		return this.kind == Kind.HELD;
	}

	@Override
	public HoldOutcome ifRepeated(Request request) {
		return changedEvent() ? new HoldOutcome(Kind.ALREADY_HELD, this.hold) : this;
	}

	/**
	 * What became of the request. When several reasons to refuse apply, the first one in
	 * this order is the outcome.
	 */
	public enum Kind {

		/** This call made the hold. */
		HELD,

		/** The user had the hold before this call. It was not extended. */
		ALREADY_HELD,

		/** The event does not exist. */
		EVENT_NOT_FOUND,

		/** The user is registered, so it needs no hold. */
		ALREADY_REGISTERED,

		/** The sale has not opened yet. */
		NOT_OPEN,

		/** The sale is closed. */
		CLOSED,

		/** No seat was free. */
		SOLD_OUT,

		/** The event has as many holds as it may have. */
		TOO_MANY_HOLDS

	}

}
