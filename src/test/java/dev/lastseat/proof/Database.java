package dev.lastseat.proof;

import java.nio.file.Path;

import org.testcontainers.DockerClientFactory;

/**
 * A database server of a run's own, that can be killed.
 */
interface Database extends AutoCloseable {

	/** Whether there is one to start here, for {@code EnabledIf}. */
	String IS_THERE = "dev.lastseat.proof.Database#isThere";

	String NONE = "no database to kill: name the binary of SecantusDB by " + SecantusDb.BINARY + ", or start Docker";

	static boolean isThere() {
		return SecantusDb.isNamed() || DockerClientFactory.instance().isDockerAvailable();
	}

	/**
	 * Starts the one that is named, else MongoDB in a container.
	 * @param directory where it may keep its files
	 */
	static Database start(Path directory) {
		return SecantusDb.isNamed() ? new SecantusDb(directory) : new MongoDb();
	}

	String name();

	String host();

	int port();

	/** Ends it without asking (SIGKILL). */
	void kill();

	/** Starts it again after a kill, at the same port and with what it has kept. */
	void restart();

	@Override
	void close();

}
