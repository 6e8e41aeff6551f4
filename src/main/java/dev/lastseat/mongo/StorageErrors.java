package dev.lastseat.mongo;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.lastseat.booking.StorageException;

/**
 * Turns what the driver throws into what the core knows. Only outages are translated: a
 * command that the server understood and refused is a mistake of ours and stays what it
 * is.
 */
final class StorageErrors {

	private StorageErrors() {
	}

	static Throwable ofRead(Throwable error) {
		return isOutage(error) ? new StorageException.Unavailable(error) : error;
	}

	/**
	 * An outage that struck before the command left changed nothing; after any other, the
	 * write may have taken effect.
	 */
	static Throwable ofWrite(Throwable error) {
		if (neverLeft(error)) {
			return new StorageException.Unavailable(error);
		}
		return isOutage(error) ? new StorageException.OutcomeUnknown(error) : error;
	}

	/**
	 * No server or no connection was to be had in time. The timeout of a whole operation
	 * is a subclass of that of the waiting room, and does not belong here.
	 */
	private static boolean neverLeft(Throwable error) {
		return (error instanceof MongoTimeoutException && !(error instanceof MongoOperationTimeoutException))
				|| error instanceof MongoSocketOpenException || error instanceof MongoConnectionPoolClearedException
				|| error instanceof MongoServerUnavailableException;
	}

	/**
	 * Among them the driver's "internal" error: that is how it passes on what it did not
	 * expect of a connection that the other side has just closed.
	 */
	private static boolean isOutage(Throwable error) {
		return neverLeft(error) || error instanceof MongoSocketException || error instanceof MongoInternalException
				|| error instanceof MongoOperationTimeoutException || error instanceof MongoExecutionTimeoutException
				|| error instanceof MongoNotPrimaryException || error instanceof MongoNodeIsRecoveringException
				|| error instanceof MongoWriteConcernException
				|| (error instanceof MongoException labelled && labelled.hasErrorLabel(RETRYABLE_WRITE));
	}

	/** How a server marks a failure that the state of the cluster caused. */
	private static final String RETRYABLE_WRITE = "RetryableWriteError";

}
