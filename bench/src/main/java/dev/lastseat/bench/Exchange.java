package dev.lastseat.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The requests of a closed loop over HTTP, as bytes. Called by the thread of the load
 * only.
 */
interface Exchange {

	/**
	 * @param number the number of the request in the run, from 0
	 */
	ByteBuf request(int number, ByteBufAllocator allocator);

	/**
	 * Judges a response.
	 * @param body valid during this call
	 * @param sent when the request was sent, by {@link System#nanoTime}
	 * @param received when the response was received
	 * @return whether the service decided
	 * @throws IllegalStateException when no correct service gives this response
	 */
	boolean decided(int number, int status, ByteBuf body, long sent, long received);

}
