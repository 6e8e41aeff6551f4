package dev.lastseat.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.bson.Document;
import reactor.core.publisher.Mono;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * What was measured on.
 *
 * @param embedded whether the database is the embedded engine
 * @param engine the database, for people to read
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

	/** As it is without the name of a server. */
	private static boolean isEmbedded(Environment environment) {
		return environment.getProperty("spring.mongodb.uri", "").isBlank()
				&& environment.getProperty("spring.mongodb.host", "").isBlank();
	}

}
