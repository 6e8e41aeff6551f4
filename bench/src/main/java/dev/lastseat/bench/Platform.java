package dev.lastseat.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.mongodb.ConnectionString;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * The platform of the measurement.
 *
 * @param engine the name of the database, for the report
 * @param jvmOptions the JVM options of the measured processes
 */
record Platform(String engine, String java, String jvmOptions, int processors, Instant at) {

	/**
	 * @param service an instance that is measured
	 */
	static Mono<Platform> of(Service service, String jvmOptions) {
		RemoteControl.Address address = service.process().address();
		Mono<String> engine = address.embedded() ? Mono.just("the embedded engine")
				: Mono.from(service.database().runCommand(new Document("buildInfo", 1)))
					.map((build) -> "MongoDB " + build.getString("version") + " at "
							+ new ConnectionString(address.uri()).getHosts());
		return engine.map((name) -> new Platform(name, System.getProperty("java.version"), jvmOptions,
				Runtime.getRuntime().availableProcessors(), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
	}

}
