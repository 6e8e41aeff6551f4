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
	 * What became of a request for a hold, or for the holds of a party. When several
	 * reasons to refuse apply, the first one in this order is the outcome.
	 */
	public enum Kind {

		/** This call made the hold, or at least one of a party. */
		HELD,

		/** Each user had a hold before this call. No hold was extended. */
		ALREADY_HELD,

		/** The event does not exist. */
		EVENT_NOT_FOUND,

		/** The user, or one of a party, is registered, so it needs no hold. */
		ALREADY_REGISTERED,

		/** The sale has not opened yet. */
		NOT_OPEN,

		/** The sale is closed. */
		CLOSED,

		/** No seat was free, or fewer than a party needs. */
		SOLD_OUT,

		/** The event would have more holds than it may have. */
		TOO_MANY_HOLDS

	}

}
