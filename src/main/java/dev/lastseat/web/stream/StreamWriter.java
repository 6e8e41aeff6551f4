package dev.lastseat.web.stream;

/**
 * Supplies what open streams send. Used by the thread of the event loop only.
 */
interface StreamWriter {

	/**
	 * Writes what the stream has not sent yet, unless a write is in progress. Called when
	 * a stream is added and after each write.
	 */
	void advance(OpenStream stream);

	/**
	 * The stream has ended.
	 */
	void remove(OpenStream stream);

	/**
	 * Pings the streams that are due in this second.
	 */
	void ping(int second);

}
