package dev.lastseat.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the service's own wiring for a command, on a scratch database and without a word
 * of its own.
 */
final class ServiceStart {

	/**
	 * Far above the service's own limits: in a closed burst whoever is released last
	 * waits for all the others, and that wait is not a fault.
	 */
	static final String BURST_TIMEOUT = "10m";

	/**
	 * For the driver's monitor as well: a machine that is busy with the burst must not
	 * look to it like a server that is gone, which would end all that is in flight.
	 */
	private static final String MONITOR_TIMEOUT = "30s";

	private final Class<?> application;

	private final String database = ScratchDatabase.newName();

	/**
	 * @param application the Spring Boot application whose wiring is started
	 */
	ServiceStart(Class<?> application) {
		this.application = application;
	}

	/**
	 * Starts it, with the {@link ScratchDatabase} as a bean, which ends with it.
	 * @param server to aim at; null for what the environment names, else the embedded
	 * engine in memory
	 */
	ConfigurableApplicationContext start(WebApplicationType web, @Nullable ConnectionString server,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more) {
		return run(web, server, properties, more, (context) -> context.registerBean(ScratchDatabase.class,
				() -> new ScratchDatabase(context.getBean(MongoConnectionDetails.class), this.database)));
	}

	/**
	 * Starts it once more, beside one that is running, on the same database.
	 */
	ConfigurableApplicationContext startBeside(ConfigurableApplicationContext first, WebApplicationType web,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more) {
		return run(web, first.getBean(MongoConnectionDetails.class).getConnectionString(), properties, more,
				(context) -> {
				});
	}

	private ConfigurableApplicationContext run(WebApplicationType web, @Nullable ConnectionString server,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more,
			ApplicationContextInitializer<GenericApplicationContext> scratch) {
		List<String> all = new ArrayList<>(List.of("--spring.mongodb.database=" + this.database,
				"--lastseat.embedded.storage=memory", "--lastseat.mongodb.operation-timeout=" + BURST_TIMEOUT,
				"--lastseat.mongodb.connect-timeout=" + MONITOR_TIMEOUT, "--logging.level.root=WARN",
				"--logging.level.org.mongodb.driver=OFF", "--logging.level.dev.lastseat.mongo=ERROR"));
		if (server != null) {
			all.add("--spring.mongodb.uri=" + server);
		}
		return new SpringApplicationBuilder(this.application).web(web)
			.logStartupInfo(false)
			.initializers(scratch, more)
			.run(Stream.concat(all.stream(), properties.stream()).toArray(String[]::new));
	}

}
