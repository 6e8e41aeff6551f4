package dev.lastseat.mongo;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Error codes of the server that are not caused by the command but by the state of the
 * cluster, its load or its machine. A later attempt can succeed. Names and categories are
 * those of {@code src/mongo/base/error_codes.yml} in version 8.3 of the server. Codes
 * that no command of this service can cause are omitted.
 */
final class TransientCodes {

	/** Another write came first, and all retries by the server have failed. */
	static final int WRITE_CONFLICT = 112;

	/** The cache of the storage engine was full. */
	static final int TEMPORARILY_UNAVAILABLE = 365;

	/**
	 * The server has rolled back the change or has not begun it. It reports none of these
	 * codes after a change has become visible, also if the driver repeats a write: it
	 * looks for the answer to the first attempt before it executes anything.
	 */
	static final Set<Integer> NOTHING_CHANGED = Set.of( //
			WRITE_CONFLICT, TEMPORARILY_UNAVAILABLE, //
			24, // LockTimeout
			46, // LockBusy
			107, // LockFailed
			123, // NotAReplicaSet: a linearizable read before the topology was known
			261, // TooManyLogicalSessions
			371, // UserWritesBlocked
			433, // AdmissionQueueOverflow
			449, // RateLimitExceeded
			450, // PooledConnectionAcquisitionRejected
			462, // IngressRequestRateLimitExceeded
			14031 // OutOfDiskSpace
	);

	/**
	 * The change may have been made: the server may report these codes after it, and a
	 * router may have sent the command more than once.
	 */
	private static final Set<Integer> MAY_HAVE_CHANGED = Set.of( //
			// NetworkError, NetworkTimeoutError
			6, 7, 89, 202, 317, 384, 9001, //
			// NotPrimaryError
			189, 10058, 10107, 11602, 13435, 13436, //
			// Interruption, ExceededTimeLimitError, CancellationError
			50, 90, 237, 262, 279, 281, 282, 290, 310, 312, 355, 407, 453, 11601, 46841, 91331, 10045600, //
			// ShutdownError, CloseConnectionError
			91, 303, 333, 372, 398, 11600, //
			// StaleShardVersionError, NeedRetargettingError, and related codes
			63, 70, 74, 149, 150, 203, 249, 319, 342, 343, 360, 379, 445, 9996, 13388, 56846, //
			// SnapshotError
			239, 246, 250, 272, //
			// CursorInvalidatedError, and related codes
			43, 96, 136, 143, 175, 221, 234, 314, //
			// WriteConcernError
			64, 75, 79, 100, //
			// RetriableError without another category
			134, 358, 402, 406, 412, 50915, //
			// No category: replica sets and their elections
			71, 94, 133, 135, 164, 187, 190, 199, 209, 211, 216, 217, 308, //
			// No category: temporary obstacles of a command
			77, 83, 117, 145, 215, 230, 264, 267, 363, 391, 404, 12586, 12587 //
	);

	static final Set<Integer> ALL = Stream.of(NOTHING_CHANGED, MAY_HAVE_CHANGED)
		.flatMap(Set::stream)
		.collect(Collectors.toUnmodifiableSet());

	private TransientCodes() {
	}

}
