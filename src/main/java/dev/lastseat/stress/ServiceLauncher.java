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
 * Starts the service for a command: with its own wiring, on a {@link ScratchDatabase},
 * and without log output below warnings.
 */
public final class ServiceLauncher {

	/**
	 * Far above the limits of the service. In a burst the last attempt waits for all
	 * others, and that wait is not a fault.
	 */
	static final String BURST_TIMEOUT = "10m";

	/**
	 * The timeout to connect, which is also that of the driver's monitor. A burst can
	 * keep the machine so busy that the answer to the monitor is late. With a short
	 * timeout the driver would treat the server as lost, and abort all operations in
	 * flight.
	 */
	private static final String MONITOR_TIMEOUT = "30s";

	private final Class<?> application;

	private final String database = ScratchDatabase.newName();

	/**
	 * @param application the Spring Boot application to start
	 */
	public ServiceLauncher(Class<?> application) {
		this.application = application;
	}

	/**
	 * Starts the service and waits until the database server answers. Closing the context
	 * drops the database.
	 * @param server the MongoDB to use; null for the one that the environment names, or
	 * else the embedded engine in memory
	 * @param properties as on the command line, like {@code --name=value}
	 * @param more registers further beans
	 */
	public ConfigurableApplicationContext start(WebApplicationType web, @Nullable ConnectionString server,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more) {
		ConfigurableApplicationContext context = run(web, server, properties, more,
				(starting) -> starting.registerBean(ScratchDatabase.class,
						() -> new ScratchDatabase(starting.getBean(MongoConnectionDetails.class), this.database)));
		try {
			context.getBean(ScratchDatabase.class).reach().toFuture().join();
			return context;
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
	}

	/**
	 * Starts the service a second time, on the database of the first. The first context
	 * must be closed last.
	 */
	public ConfigurableApplicationContext startBeside(ConfigurableApplicationContext first, WebApplicationType web,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more) {
		return run(web, first.getBean(MongoConnectionDetails.class).getConnectionString(), properties, more,
				(context) -> {
				});
	}

	private ConfigurableApplicationContext run(WebApplicationType web, @Nullable ConnectionString server,
			List<String> properties, ApplicationContextInitializer<GenericApplicationContext> more,
			ApplicationContextInitializer<GenericApplicationContext> scratch) {
		List<String> all = new ArrayList<>(
				List.of("--spring.mongodb.database=" + this.database, "--lastseat.embedded.storage=memory",
						"--lastseat.warmup.time=0", "--lastseat.mongodb.operation-timeout=" + BURST_TIMEOUT,
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
