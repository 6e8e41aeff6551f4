package dev.lastseat.booking;

/**
 * A request was rejected, since more requests come than can be decided in time. Nothing
 * was sent to the storage for it, and nothing was changed.
 */
public final class OverloadedException extends RuntimeException {

	private final Reason reason;

	public OverloadedException(Reason reason) {
		// Thrown when there is least time for it: without the stack, which says nothing.
		super(reason.message, null, false, false);
		this.reason = reason;
	}

	public Reason reason() {
		return this.reason;
	}

	/** Why a request was rejected. */
	public enum Reason {

		/** Too many requests are in flight or waiting. */
		FULL("too many requests are waiting; nothing was changed"),

		/** No round has taken the request in time. */
		LATE("the request has waited too long; nothing was changed");

		private final String message;

		Reason(String message) {
			this.message = message;
		}

	}

}
