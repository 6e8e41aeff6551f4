package dev.lastseat.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.bson.Document;
import reactor.core.publisher.Mono;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The platform of the measurement.
 *
 * @param embedded whether the database is the embedded engine
 * @param engine the name of the database, for the report
 */
record Platform(boolean embedded, String engine, String java, int processors, Instant at) {

	static Mono<Platform> of(ApplicationContext context, Service service) {
		boolean embedded = isEmbedded(context.getEnvironment());
		Mono<String> engine = embedded ? Mono.just("the embedded engine")
				: Mono.from(service.database().runCommand(new Document("buildInfo", 1)))
					.map((build) -> "MongoDB " + build.getString("version") + " at "
							+ context.getBean(MongoConnectionDetails.class).getConnectionString().getHosts());
		return engine.map((name) -> new Platform(embedded, name, System.getProperty("java.version"),
				Runtime.getRuntime().availableProcessors(), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
	}

	/** The embedded engine is used when no server is configured. */
	private static boolean isEmbedded(Environment environment) {
		return environment.getProperty("spring.mongodb.uri", "").isBlank()
				&& environment.getProperty("spring.mongodb.host", "").isBlank();
	}

}
