package dev.lastseat.metrics;

import java.util.Locale;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;

/**
 * The kinds of fault that are told apart.
 */
enum Fault {

	/** The storage could not be reached; nothing was changed. */
	UNAVAILABLE,

	/** A write was not confirmed in time. */
	UNKNOWN,

	/** The event changed under every attempt to decide. */
	BUSY,

	/** Too many waited; nothing was changed. */
	OVERLOADED,

	/** Anything else: a mistake of the service. */
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
	 * @return the value of a tag, like {@code unavailable}
	 */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
