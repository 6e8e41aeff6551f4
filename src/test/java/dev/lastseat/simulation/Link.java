package dev.lastseat.simulation;

import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * The way from a driver to the store and back.
 */
interface Link {

	/**
	 * Lazy; each subscription sends the command once more. Cancelling gives up the reply,
	 * not the command.
	 * @return the store's reply, or an exception of the driver
	 */
	Mono<BsonDocument> send(BsonDocument command);

}
