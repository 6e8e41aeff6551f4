package dev.lastseat.embedded;

import java.nio.file.Path;

/**
 * The embedded engine's files cannot be used. Says what is wrong and what to do about it.
 */
final class EmbeddedStorageException extends RuntimeException {

	private final String action;

	private EmbeddedStorageException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	static EmbeddedStorageException inUse(Path directory, Throwable cause) {
		return new EmbeddedStorageException("The directory " + directory + " is in use by another Lastseat process.",
				"Stop that process, or give this one a directory of its own with --lastseat.embedded.directory=..., "
						+ "or keep nothing with --lastseat.embedded.storage=memory. Several processes on one database "
						+ "need a MongoDB: set spring.mongodb.uri.",
				cause);
	}

	static EmbeddedStorageException unusable(Path directory, Throwable cause) {
		return new EmbeddedStorageException(
				"The embedded engine cannot use its files in " + directory + ": " + cause.getMessage(),
				"Check that the directory can be written to and its files were made by this version of Lastseat, or "
						+ "choose another one with --lastseat.embedded.directory=...",
				cause);
	}

	String action() {
		return this.action;
	}

}
