package dev.lastseat.booking;

/**
 * A request was rejected, because more requests arrive than can be decided in time. It
 * was not sent to the storage, and nothing was changed.
 */
public final class OverloadedException extends RuntimeException {

	private final Reason reason;

	public OverloadedException(Reason reason) {
		// No stack trace: it costs time under overload and shows code of the queue only.
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

		/** The request waited longer than its time limit before a round took it. */
		LATE("the request has waited too long; nothing was changed");

		private final String message;

		Reason(String message) {
			this.message = message;
		}

	}

}
