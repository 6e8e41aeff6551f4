package dev.lastseat.proof;

import java.nio.file.Path;

import org.testcontainers.DockerClientFactory;

/**
 * A database server that a test starts and can kill.
 */
interface Database extends AutoCloseable {

	/** Condition for {@code EnabledIf}: whether this machine can start a database. */
	String AVAILABLE = "dev.lastseat.proof.Database#isAvailable";

	String UNAVAILABLE_REASON = "needs Docker, or the binary of SecantusDB, named by " + SecantusDb.BINARY;

	static boolean isAvailable() {
		return SecantusDb.isConfigured() || DockerClientFactory.instance().isDockerAvailable();
	}

	/**
	 * Starts SecantusDB if it is configured, otherwise MongoDB in a container.
	 * @param directory directory for its files
	 */
	static Database start(Path directory) {
		return SecantusDb.isConfigured() ? new SecantusDb(directory) : new MongoDb();
	}

	String name();

	String host();

	int port();

	/**
	 * Whether the server executes a write once if the driver repeats it, also while the
	 * first attempt is still running.
	 */
	boolean supportsRetryableWrites();

	/** Kills the server (SIGKILL). */
	void kill();

	/** Starts the server again after a kill, on the same port and with the same files. */
	void restart();

	@Override
	void close();

}
