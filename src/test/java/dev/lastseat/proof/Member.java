package dev.lastseat.proof;

import java.net.InetSocketAddress;

/**
 * A member of a replica set that a test can pause and kill.
 */
interface Member extends AutoCloseable {

	/**
	 * @return the current address
	 */
	InetSocketAddress address();

	/**
	 * @return the name of its replica set, from its command line
	 */
	String replicaSet();

	/**
	 * Whether the member opened a connection.
	 * @param source the source address of the connection at the accepting side
	 * @param port the port of the accepting side
	 */
	boolean isSourceOf(InetSocketAddress source, int port);

	/**
	 * Stops its threads and leaves its connections open. Returns when all threads are
	 * stopped.
	 */
	void pause();

	/** Kills the process (SIGKILL). */
	void kill();

	/** Runs the member again after a pause or a kill. Does nothing when it runs. */
	void restore();

	/** Whether the member was started outside the tests, and continues after them. */
	boolean isExternal();

	/** Ends the member unless it is external. */
	@Override
	void close();

}
