package dev.lastseat.booking;

/**
 * Receives what an operator must know about the storage, for metrics: failures of
 * background tasks, documents that cannot be read or are too large, and missing indexes.
 * Methods are called by several threads at once, and must neither block nor throw. All
 * methods do nothing by default.
 */
public interface StorageMonitor {

	/** Does nothing. */
	StorageMonitor NONE = new StorageMonitor() {
	};

	/**
	 * A background task of the storage. It is repeated after a failure.
	 */
	enum Task {

		/** Creates missing indexes. */
		INDEXES,

		/** Moves old registrations of an event document to sealed segments. */
		MAINTENANCE,

		/** Finishes maintenance that was interrupted, periodically. */
		SWEEP,

		/** Removes expired holds, periodically. */
		EXPIRY

	}

	/**
	 * A task failed. A later attempt repeats it.
	 */
	default void failed(Task task) {
	}

	/**
	 * An event document was left out of an answer, because fields are missing or have a
	 * wrong type.
	 */
	default void unreadableDocument() {
	}

	/**
	 * The number of missing indexes was determined.
	 * @param count indexes that this process could not create; 0 when all exist
	 */
	default void missingIndexes(int count) {
	}

	/**
	 * The number of oversized event documents has changed.
	 * @param count documents above the size limit that maintenance could not reduce
	 */
	default void oversizedDocuments(int count) {
	}

}
