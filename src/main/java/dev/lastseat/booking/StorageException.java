package dev.lastseat.booking;

/**
 * The store could not answer. The three kinds say what is known about the attempt that
 * failed.
 */
public abstract sealed class StorageException extends RuntimeException {

	private StorageException(String message, Throwable cause) {
		super(message, cause);
	}

	private StorageException(String message) {
		super(message);
	}

	/**
	 * The store could not be reached. Nothing was changed.
	 */
	public static final class Unavailable extends StorageException {

		public Unavailable(Throwable cause) {
			super("the storage cannot be reached; nothing was changed", cause);
		}

	}

	/**
	 * A write was sent and its answer never came: it may have taken effect, now or a
	 * little later.
	 */
	public static final class OutcomeUnknown extends StorageException {

		public OutcomeUnknown(Throwable cause) {
			super("the storage did not confirm in time; the outcome is unknown", cause);
		}

	}

	/**
	 * The event changed under every attempt to decide. Nothing was changed by this call.
	 */
	public static final class Busy extends StorageException {

		public Busy() {
			super("storage busy; nothing was changed");
		}

	}

}
