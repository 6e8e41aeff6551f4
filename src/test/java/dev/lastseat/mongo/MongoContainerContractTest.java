package dev.lastseat.mongo;

import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * The contract, on a MongoDB replica set in a container.
 */
@Testcontainers(disabledWithoutDocker = true)
class MongoContainerContractTest extends ServerContract {

	private final MongoDBContainer mongo = new MongoDBContainer("mongo:8").withReplicaSet();

	@Override
	String connectionString() {
		this.mongo.start();
		return this.mongo.getReplicaSetUrl();
	}

	@Override
	void stopServer() {
		this.mongo.stop();
	}

}
