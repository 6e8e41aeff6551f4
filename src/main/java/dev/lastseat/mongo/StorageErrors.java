package dev.lastseat.mongo;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Turns what the driver throws into what the core knows. Only faults of the storage are
 * translated: a command that the server understood and refused is a mistake of this
 * service, or of its setup, and stays what it is.
 */
public final class StorageErrors {

	/**
	 * How a server or the driver marks a failure that the state of the cluster caused.
	 */
	private static final Set<String> TRANSIENT_LABELS = Set.of("RetryableWriteError", "RetryableError",
			"SystemOverloadedError", "ResumableChangeStreamError", MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL,
			MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);

	/**
	 * No attempt changed anything. The driver retries a write once, and passes on the
	 * failure of the first attempt when only the second has this label.
	 */
	private static final String NO_WRITES_PERFORMED = "NoWritesPerformed";

	/**
	 * A conflict is over at once, and the driver does not retry it. The server has tried
	 * many times before it reports one, so a second command is enough.
	 */
	private static final Retry ONCE_AFTER_A_CONFLICT = Retry.max(1)
		.filter(StorageErrors::isConflict)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	/**
	 * Where an operation has a timeout, the driver reports all that takes too long as the
	 * same exception. Only the message tells that no command was sent.
	 */
	private static final Pattern WAITED_FOR_A_CONNECTION = Pattern
		.compile("^Timed out (while waiting for a server|after \\d+ ms while waiting for a connection to server) ");

	private StorageErrors() {
	}

	/**
	 * @param read can be subscribed to again
	 */
	public static <T> Mono<T> read(Mono<T> read) {
		return read.retryWhen(ONCE_AFTER_A_CONFLICT).onErrorMap(StorageErrors::ofRead);
	}

	/**
	 * Repeats the write only when the first attempt certainly changed nothing.
	 * @param write one command, sent for each subscription
	 */
	public static <T> Mono<T> write(Mono<T> write) {
		return write.retryWhen(ONCE_AFTER_A_CONFLICT).onErrorMap(StorageErrors::ofWrite);
	}

	/**
	 * Whether a document was not inserted because there is one with its key.
	 */
	public static boolean isDuplicateKey(Throwable error) {
		return error instanceof MongoWriteException refused
				&& refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
	}

	public static Throwable ofRead(Throwable error) {
		return isOutage(error) ? new StorageException.Unavailable(ServerError.withoutMessage(error)) : refused(error);
	}

	/**
	 * That there is a document with the key is a result for the caller.
	 */
	private static Throwable refused(Throwable error) {
		return isDuplicateKey(error) ? error : ServerError.withoutMessage(error);
	}

	/**
	 * A failure before the command was sent changed nothing, and neither did a command
	 * that the server gave up before its change. After any other outage the write may
	 * have taken effect.
	 */
	public static Throwable ofWrite(Throwable error) {
		if (neverLeft(error) || changedNothing(error)) {
			return new StorageException.Unavailable(ServerError.withoutMessage(error));
		}
		return isOutage(error) ? new StorageException.OutcomeUnknown(ServerError.withoutMessage(error))
				: refused(error);
	}

	/**
	 * No server or no usable connection was to be had: among the reasons are an
	 * authentication that fails, as on a member that is still starting, and a name
	 * service that does not answer. Of an operation whose first attempt was sent the
	 * driver passes on the failure of that one. The timeout of an operation belongs here
	 * when it was over before there was a connection.
	 */
	private static boolean neverLeft(Throwable error) {
		return (error instanceof MongoTimeoutException && (!(error instanceof MongoOperationTimeoutException)
				|| WAITED_FOR_A_CONNECTION.matcher(String.valueOf(error.getMessage())).find()))
				|| error instanceof MongoSocketOpenException || error instanceof MongoConnectionPoolClearedException
				|| error instanceof MongoServerUnavailableException || error instanceof MongoSecurityException
				|| error instanceof MongoConfigurationException;
	}

	private static boolean changedNothing(Throwable error) {
		return isCaused(error, TransientCodes.NOTHING_CHANGED)
				|| (isOutage(error) && has(error, Set.of(NO_WRITES_PERFORMED)));
	}

	/**
	 * Among them the driver's "internal" error: that is how it passes on what it did not
	 * expect of a connection that the other side has just closed.
	 */
	private static boolean isOutage(Throwable error) {
		return neverLeft(error) || error instanceof MongoSocketException || error instanceof MongoInternalException
				|| error instanceof MongoOperationTimeoutException || error instanceof MongoExecutionTimeoutException
				|| error instanceof MongoInterruptedException || error instanceof MongoNotPrimaryException
				|| error instanceof MongoNodeIsRecoveringException || error instanceof MongoWriteConcernException
				|| isCaused(error, TransientCodes.ALL) || has(error, TRANSIENT_LABELS);
	}

	private static boolean isConflict(Throwable error) {
		return isCaused(error, Set.of(TransientCodes.WRITE_CONFLICT, TransientCodes.TEMPORARILY_UNAVAILABLE));
	}

	/**
	 * Whether the server answered with one of the codes, as the failure of the command or
	 * of the write in it. The driver gives the code of an acknowledgement that is missing
	 * an exception of its own, which says that the write was made.
	 */
	private static boolean isCaused(Throwable error, Set<Integer> codes) {
		if (error instanceof MongoBulkWriteException several) {
			return isCaused(several, codes);
		}
		return error instanceof MongoException failure && !(error instanceof MongoWriteConcernException)
				&& codes.contains(failure.getCode());
	}

	/**
	 * A duplicate is no failure of a write that may be repeated.
	 */
	private static boolean isCaused(MongoBulkWriteException several, Set<Integer> codes) {
		return Stream
			.concat(several.getWriteErrors().stream().map(BulkWriteError::getCode),
					Stream.ofNullable(several.getWriteConcernError()).map(WriteConcernError::getCode))
			.filter((code) -> ErrorCategory.fromErrorCode(code) != ErrorCategory.DUPLICATE_KEY)
			.allMatch(codes::contains);
	}

	private static boolean has(Throwable error, Set<String> labels) {
		return error instanceof MongoException labelled && labels.stream().anyMatch(labelled::hasErrorLabel);
	}

}
