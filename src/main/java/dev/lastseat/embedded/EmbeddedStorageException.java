package dev.lastseat.embedded;

import java.nio.file.Path;

/**
 * The engine cannot use its files. The message says why, the action how to solve it.
 */
final class EmbeddedStorageException extends RuntimeException {

	private final String action;

	private EmbeddedStorageException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	static EmbeddedStorageException inUse(Path directory, Throwable cause) {
		return new EmbeddedStorageException("The directory " + directory + " is in use by another Lastseat process.",
				"Stop that process, or use another directory with --lastseat.embedded.directory=..., "
						+ "or store the data in memory with --lastseat.embedded.storage=memory. Several processes with "
						+ "one database need a MongoDB server: set spring.mongodb.uri.",
				cause);
	}

	static EmbeddedStorageException unusable(Path directory, Throwable cause) {
		return new EmbeddedStorageException(
				"The embedded engine cannot use its files in " + directory + ": " + cause.getMessage(),
				"Check that the directory is writable and that this version of Lastseat created its files, or "
						+ "use another directory with --lastseat.embedded.directory=...",
				cause);
	}

	String action() {
		return this.action;
	}

}
