package dev.lastseat.bench;

import reactor.core.publisher.Mono;

/** A request over HTTP. */
interface Request {

	/**
	 * @param connection a connection without a request in flight
	 * @param number the number of the request in the run, from 0
	 * @return the decision; a {@code StorageException} when nothing was decided
	 */
	Mono<?> send(Connection connection, int number);

}
