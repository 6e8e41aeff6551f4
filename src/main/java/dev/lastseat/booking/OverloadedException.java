package dev.lastseat.booking;

/**
 * More people wait than can be served in time. Nothing was asked of the storage, and
 * nothing was changed.
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

	/** Why somebody was sent away. */
	public enum Reason {

		/** There was no room to wait in. */
		FULL("too many requests are waiting; nothing was changed"),

		/** Their turn did not come in time. */
		LATE("the request has waited too long for its turn; nothing was changed");

		private final String message;

		Reason(String message) {
			this.message = message;
		}

	}

}
