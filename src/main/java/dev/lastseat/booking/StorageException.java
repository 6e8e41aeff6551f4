package dev.lastseat.booking;

/**
 * The storage failed. The subclass shows whether anything may have been changed.
 */
public abstract sealed class StorageException extends RuntimeException {

	private StorageException(String message, Throwable cause) {
		super(message, cause);
	}

	private StorageException(String message) {
		super(message);
	}

	/**
	 * The storage could not be reached, did not answer a read in time, or could not
	 * execute the command in its present state, such as an election or a full disk.
	 * Nothing was changed.
	 */
	public static final class Unavailable extends StorageException {

		public Unavailable(Throwable cause) {
			super("the storage cannot be reached; nothing was changed", cause);
		}

	}

	/**
	 * A write was sent and not confirmed. It may have taken effect, or may still take
	 * effect.
	 */
	public static final class OutcomeUnknown extends StorageException {

		public OutcomeUnknown(Throwable cause) {
			super("the storage did not confirm in time; the outcome is unknown", cause);
		}

	}

	/**
	 * Other writes changed the event during each attempt to decide. This call changed
	 * nothing.
	 */
	public static final class Busy extends StorageException {

		public Busy() {
			super("storage busy; nothing was changed");
		}

	}

}
