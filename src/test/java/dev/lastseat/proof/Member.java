package dev.lastseat.proof;

import java.net.InetSocketAddress;

/**
 * A mongod of a replica set, that can be paused and killed.
 */
interface Member extends AutoCloseable {

	/**
	 * @return where it listens now
	 */
	InetSocketAddress address();

	/**
	 * @return the name of the replica set that it was started for
	 */
	String set();

	/**
	 * Whether the member made a connection.
	 * @param source where the connection comes from, as the side that accepted it sees it
	 * @param port that it goes to
	 */
	boolean isSourceOf(InetSocketAddress source, int port);

	/**
	 * Stops its threads, and leaves its connections open. Returns when all of them are
	 * stopped.
	 */
	void pause();

	/** Ends it without asking (SIGKILL). */
	void kill();

	/** Lets it run again, after a pause or a kill. Does nothing when it runs. */
	void restore();

	/** Whether it goes on when the tests are over, and so does its replica set. */
	boolean outlivesTheTests();

	/** Ends it unless it outlives the tests. */
	@Override
	void close();

}
