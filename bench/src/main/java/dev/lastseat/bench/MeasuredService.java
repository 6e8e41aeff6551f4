package dev.lastseat.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.stress.ServiceLauncher;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** A process with one instance of the service, on a database of its own. */
final class MeasuredService {

	/**
	 * Only this machine connects. Slow requests are measured and must not time out.
	 */
	private static final List<String> PROPERTIES = List.of("--server.address=127.0.0.1", "--server.port=0",
			"--lastseat.security.mode=open", "--lastseat.web.request-timeout=60s",
			"--logging.level.dev.lastseat.security=ERROR");

	private MeasuredService() {
	}

	/**
	 * @param args the class of the application and further properties, like
	 * {@code name=value}
	 */
	public static void main(String[] args) throws ClassNotFoundException {
		Map<String, Object> properties = Arrays.stream(args)
			.skip(1)
			.map((property) -> property.split("=", 2))
			.collect(Collectors.toMap((property) -> property[0], (property) -> property[1]));
		try (ConfigurableApplicationContext context = new ServiceLauncher(Class.forName(args[0]))
			.start(WebApplicationType.REACTIVE, null, PROPERTIES, (starting) -> prepare(starting, properties))) {
			new RemoteControl(costMeter(context)).serve(address(context));
		}
	}

	/**
	 * Counts the commands of an instance that is not started yet.
	 * @param properties take precedence over those of the launcher
	 */
	static void prepare(GenericApplicationContext starting, Map<String, Object> properties) {
		starting.getEnvironment().getPropertySources().addFirst(new MapPropertySource("measured", properties));
		starting.registerBean(CommandCounter.class);
	}

	static CostMeter costMeter(ConfigurableApplicationContext context) {
		return new CostMeter(context.getBean(CommandCounter.class)::sent);
	}

	private static RemoteControl.Address address(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		return new RemoteControl.Address(environment.getRequiredProperty("local.server.port", Integer.class),
				isEmbedded(environment), environment.getRequiredProperty(Services.DATABASE),
				context.getBean(MongoConnectionDetails.class).getConnectionString().getConnectionString());
	}

	/** The embedded engine is used when no server is configured. */
	private static boolean isEmbedded(Environment environment) {
		return environment.getProperty("spring.mongodb.uri", "").isBlank()
				&& environment.getProperty("spring.mongodb.host", "").isBlank();
	}

}
