package dev.lastseat.mongo;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.bson.BsonTimestamp;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * An engine that accepts connections until it is closed.
 */
record RunningEngine(Engine engine, String connectionString, Runnable stop) implements AutoCloseable {

	boolean has(Feature feature) {
		return this.engine.mayHave(feature) && (feature != Feature.CHANGE_STREAMS || hasOplog());
	}

	/**
	 * A server with an oplog has change streams, and reports the time of its last
	 * operation.
	 */
	private boolean hasOplog() {
		try (MongoClient client = MongoClients.create(this.connectionString)) {
			return Mono.from(client.getDatabase("admin").runCommand(new Document("ping", 1)))
				.mapNotNull((answer) -> answer.get("operationTime", BsonTimestamp.class))
				.hasElement()
				.block();
		}
	}

	@Override
	public void close() {
		this.stop.run();
	}

}
