package dev.lastseat.metrics;

import java.util.Locale;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;

/**
 * The kinds of fault, as values of a tag.
 */
enum Fault {

	/** The storage could not be reached; nothing was changed. */
	UNAVAILABLE,

	/** A write was not confirmed. It may have taken effect. */
	UNKNOWN,

	/** The event changed during every attempt to decide. */
	BUSY,

	/** Too many requests were waiting; nothing was changed. */
	OVERLOADED,

	/** Any other error: a fault of the service itself. */
	ERROR;

	static Fault of(Throwable error) {
		if (error instanceof StorageException.Unavailable) {
			return UNAVAILABLE;
		}
		if (error instanceof StorageException.OutcomeUnknown) {
			return UNKNOWN;
		}
		if (error instanceof OverloadedException) {
			return OVERLOADED;
		}
		return (error instanceof StorageException.Busy) ? BUSY : ERROR;
	}

	/**
	 * @return the value of the tag, like {@code unavailable}
	 */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
