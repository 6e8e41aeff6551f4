package dev.lastseat.booking;

/**
 * Is told what the storage does beside requests, and what is wrong there. Called by
 * threads that must not wait.
 */
public interface StorageMonitor {

	/** Watches nothing. */
	StorageMonitor NONE = new StorageMonitor() {
	};

	/**
	 * What the storage does by itself, and repeats after a failure.
	 */
	enum Task {

		/** Creates missing indexes. */
		INDEXES,

		/** Keeps the document of an event small. */
		MAINTENANCE,

		/** Finishes what earlier maintenance left. */
		SWEEP

	}

	/**
	 * A task failed. It will be repeated.
	 */
	default void failed(Task task) {
	}

	/**
	 * An event document has fields that are missing or of a wrong type, and was left out
	 * of an answer.
	 */
	default void unreadableDocument() {
	}

	/**
	 * @param count indexes that this process has not been able to create; 0 when all of
	 * them exist
	 */
	default void missingIndexes(int count) {
	}

	/**
	 * @param count event documents that are larger than they should be, and that
	 * maintenance could not make smaller
	 */
	default void oversizedDocuments(int count) {
	}

}
