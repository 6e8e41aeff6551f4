package dev.lastseat.mongo;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.lastseat.embedded.TestEngine;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * A MongoDB-compatible server that tests run on. It runs only while a test class needs
 * it.
 */
enum Engine {

	/** The embedded engine of the service, in memory. */
	EMBEDDED("the embedded engine", EnumSet.of(Feature.ATOMIC_UPDATES)) {
		@Override
		RunningEngine start() {
			TestEngine engine = new TestEngine();
			return new RunningEngine(this, engine.connectionString(), engine::close);
		}
	},

	/**
	 * The library of the embedded engine, mongo-java-server, in memory and unmodified. It
	 * changes a stored document field by field, and reads it without a lock.
	 */
	LIBRARY("mongo-java-server", EnumSet.noneOf(Feature.class)) {
		@Override
		RunningEngine start() {
			MongoServer server = new MongoServer(H2Backend.inMemory());
			return new RunningEngine(this, server.bindAndGetConnectionString(), server::shutdownNow);
		}
	},

	/** A server of the developer, named by an environment variable. */
	NAMED_SERVER("the named server", EnumSet.allOf(Feature.class)) {
		@Override
		RunningEngine start() {
			return new RunningEngine(this, System.getenv(URI), () -> {
			});
		}

		@Override
		Optional<String> unavailable() {
			String uri = System.getenv(URI);
			return (uri != null && uri.startsWith("mongodb")) ? Optional.empty()
					: Optional.of("needs a MongoDB server, named by " + URI);
		}
	},

	/** A MongoDB replica set of one member in a container. */
	CONTAINER("MongoDB in a container", EnumSet.allOf(Feature.class)) {
		@Override
		RunningEngine start() {
			MongoDBContainer mongo = new MongoDBContainer("mongo:8").withReplicaSet();
			mongo.start();
			return new RunningEngine(this, mongo.getReplicaSetUrl(), mongo::stop);
		}

		@Override
		Optional<String> unavailable() {
			return DockerClientFactory.instance().isDockerAvailable() ? Optional.empty() : Optional.of("needs Docker");
		}
	};

	private static final String URI = "LASTSEAT_TEST_MONGODB_URI";

	private final String description;

	private final Set<Feature> features;

	Engine(String description, Set<Feature> features) {
		this.description = description;
		this.features = features;
	}

	/** The server must be available. */
	abstract RunningEngine start();

	/**
	 * @return the reason why the server cannot be started or reached; empty when it can
	 */
	Optional<String> unavailable() {
		return Optional.empty();
	}

	/** Whether servers of this kind can have the feature. */
	boolean mayHave(Feature feature) {
		return this.features.contains(feature);
	}

	@Override
	public String toString() {
		return this.description;
	}

}
