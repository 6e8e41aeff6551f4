package dev.lastseat.simulation;

import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * The network between a driver and the store.
 */
interface Link {

	/**
	 * Lazy: each subscription sends the command once. Cancelling discards the reply; it
	 * does not stop the command.
	 * @return the reply of the store, or an exception of the driver
	 */
	Mono<BsonDocument> send(BsonDocument command);

}
