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
 * Translates exceptions of the driver to those of the core. Only outages are translated.
 * If the server understood a command and refused it, the cause is an error of this
 * service or of its setup, and the exception stays as it is.
 */
public final class StorageErrors {

	/**
	 * Labels that a server or the driver puts on failures caused by the state of the
	 * cluster.
	 */
	private static final Set<String> TRANSIENT_LABELS = Set.of("RetryableWriteError", "RetryableError",
			"SystemOverloadedError", "ResumableChangeStreamError", MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL,
			MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);

	/**
	 * Label: no attempt changed anything. The driver retries a write once. If only the
	 * second failure has this label, the driver throws the first one.
	 */
	private static final String NO_WRITES_PERFORMED = "NoWritesPerformed";

	/**
	 * A write conflict is short, and the driver does not retry it. The server retries
	 * many times before it reports a conflict, so one more command is enough.
	 */
	private static final Retry ONCE_AFTER_A_CONFLICT = Retry.max(1)
		.filter(StorageErrors::isConflict)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	/**
	 * If an operation has a timeout, the driver throws the same exception for every phase
	 * that takes too long. Only its message shows that no command was sent.
	 */
	private static final Pattern WAITED_FOR_A_CONNECTION = Pattern
		.compile("^Timed out (while waiting for a server|after \\d+ ms while waiting for a connection to server) ");

	private StorageErrors() {
	}

	/**
	 * @param read sends its commands again for each subscription
	 */
	public static <T> Mono<T> read(Mono<T> read) {
		return read.retryWhen(ONCE_AFTER_A_CONFLICT).onErrorMap(StorageErrors::ofRead);
	}

	/**
	 * Repeats the write only if the first attempt certainly changed nothing.
	 * @param write sends its command again for each subscription
	 */
	static <T> Mono<T> write(Mono<T> write) {
		return write.retryWhen(ONCE_AFTER_A_CONFLICT).onErrorMap(StorageErrors::ofWrite);
	}

	/**
	 * Whether a document was not inserted because its key exists already.
	 */
	static boolean isDuplicateKey(Throwable error) {
		return error instanceof MongoWriteException refused
				&& refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
	}

	static Throwable ofRead(Throwable error) {
		return isOutage(error) ? new StorageException.Unavailable(ServerError.withoutMessage(error)) : refused(error);
	}

	/**
	 * Keeps the exception for a duplicate key: callers check for it.
	 */
	private static Throwable refused(Throwable error) {
		return isDuplicateKey(error) ? error : ServerError.withoutMessage(error);
	}

	/**
	 * Nothing was changed if the failure came before the command was sent, or if the
	 * server stopped the command before its change. After any other outage the write may
	 * have taken effect.
	 */
	static Throwable ofWrite(Throwable error) {
		if (wasNotSent(error) || changedNothing(error)) {
			return new StorageException.Unavailable(ServerError.withoutMessage(error));
		}
		return isOutage(error) ? new StorageException.OutcomeUnknown(ServerError.withoutMessage(error))
				: refused(error);
	}

	/**
	 * Whether no server or no usable connection was available. Reasons include a failed
	 * authentication, as on a member that is starting, and a name service that does not
	 * answer. If the first attempt was sent and the retry was not, the driver throws the
	 * failure of the first. The timeout of an operation counts if it ended before there
	 * was a connection.
	 */
	private static boolean wasNotSent(Throwable error) {
		return (error instanceof MongoTimeoutException && (!(error instanceof MongoOperationTimeoutException)
				|| WAITED_FOR_A_CONNECTION.matcher(String.valueOf(error.getMessage())).find()))
				|| error instanceof MongoSocketOpenException || error instanceof MongoConnectionPoolClearedException
				|| error instanceof MongoServerUnavailableException || error instanceof MongoSecurityException
				|| error instanceof MongoConfigurationException;
	}

	private static boolean changedNothing(Throwable error) {
		return hasCode(error, TransientCodes.NOTHING_CHANGED)
				|| (isOutage(error) && hasLabel(error, Set.of(NO_WRITES_PERFORMED)));
	}

	/**
	 * Includes the driver's "internal" error: the driver throws it for unexpected
	 * failures of a connection that the server has just closed.
	 */
	private static boolean isOutage(Throwable error) {
		return wasNotSent(error) || error instanceof MongoSocketException || error instanceof MongoInternalException
				|| error instanceof MongoOperationTimeoutException || error instanceof MongoExecutionTimeoutException
				|| error instanceof MongoInterruptedException || error instanceof MongoNotPrimaryException
				|| error instanceof MongoNodeIsRecoveringException || error instanceof MongoWriteConcernException
				|| hasCode(error, TransientCodes.ALL) || hasLabel(error, TRANSIENT_LABELS);
	}

	private static boolean isConflict(Throwable error) {
		return hasCode(error, Set.of(TransientCodes.WRITE_CONFLICT, TransientCodes.TEMPORARILY_UNAVAILABLE));
	}

	/**
	 * Whether the server answered with one of the codes, for the command or for a write
	 * in it. A {@link MongoWriteConcernException} does not count: it says that the write
	 * was made and that only its acknowledgement is missing.
	 */
	private static boolean hasCode(Throwable error, Set<Integer> codes) {
		if (error instanceof MongoBulkWriteException bulk) {
			return hasCode(bulk, codes);
		}
		return error instanceof MongoException failure && !(error instanceof MongoWriteConcernException)
				&& codes.contains(failure.getCode());
	}

	/**
	 * Ignores duplicate keys: after a repeated insert they are no failure.
	 */
	private static boolean hasCode(MongoBulkWriteException bulk, Set<Integer> codes) {
		return Stream
			.concat(bulk.getWriteErrors().stream().map(BulkWriteError::getCode),
					Stream.ofNullable(bulk.getWriteConcernError()).map(WriteConcernError::getCode))
			.filter((code) -> ErrorCategory.fromErrorCode(code) != ErrorCategory.DUPLICATE_KEY)
			.allMatch(codes::contains);
	}

	private static boolean hasLabel(Throwable error, Set<String> labels) {
		return error instanceof MongoException labelled && labels.stream().anyMatch(labelled::hasErrorLabel);
	}

}
