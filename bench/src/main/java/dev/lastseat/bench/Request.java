package dev.lastseat.bench;

import reactor.core.publisher.Mono;

/**
 * What is asked over HTTP.
 */
interface Request {

	/**
	 * @param connection which is free until it is answered
	 * @param number of the request among those of a run, from 0
	 * @return what was decided; a {@code StorageException} where nothing was
	 */
	Mono<?> send(Connection connection, int number);

}
