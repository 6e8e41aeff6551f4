package dev.lastseat.warmup;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.web.context.reactive.StandardReactiveWebEnvironment;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A second instance of the service in this process, on a free loopback port, with an
 * embedded engine in memory. Compiled code belongs to a class and not to an instance, so
 * load on this instance compiles the code of the service. Its data, its meters and its
 * connections are its own and end with it.
 */
final class ScratchService implements AutoCloseable {

	/**
	 * What differs from the service. Tracing and the meters that all registries of a
	 * process share are off, because they would show requests of the warm-up.
	 */
	private static final Map<String, Object> PROPERTIES = Map.ofEntries(Map.entry("lastseat.warmup.time", "0"),
			Map.entry("spring.mongodb.uri", ""), Map.entry("spring.mongodb.host", ""),
			Map.entry("lastseat.embedded.storage", "memory"), Map.entry("lastseat.security.mode", "open"),
			Map.entry("server.address", "127.0.0.1"), Map.entry("server.port", "0"),
			Map.entry("server.ssl.enabled", "false"), Map.entry("server.shutdown", "immediate"),
			Map.entry("management.server.port", "-1"), Map.entry("lastseat.web.drain-time", "0s"),
			Map.entry("lastseat.web.max-streams", "100"), Map.entry("management.metrics.use-global-registry", "false"),
			Map.entry("management.opentelemetry.tracing.export.otlp.endpoint", ""));

	private final AnnotationConfigReactiveWebServerApplicationContext context;

	private ScratchService(AnnotationConfigReactiveWebServerApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts without {@code SpringApplication}, which would configure the log of the
	 * process once more.
	 * @param application the class of the application
	 * @param service the properties of the service
	 */
	static ScratchService start(Class<?> application, ConfigurableEnvironment service) {
		AnnotationConfigReactiveWebServerApplicationContext context = new AnnotationConfigReactiveWebServerApplicationContext();
		ConfigurableEnvironment environment = environment(service);
		context.setEnvironment(environment);
		context.getBeanFactory().setConversionService(environment.getConversionService());
		context.registerBean(ReactorResourceFactory.class, ScratchService::eventLoops);
		context.register(application);
		context.refresh();
		return new ScratchService(context);
	}

	private static ConfigurableEnvironment environment(ConfigurableEnvironment service) {
		ConfigurableEnvironment environment = new StandardReactiveWebEnvironment();
		environment.setConversionService(new ApplicationConversionService());
		MutablePropertySources sources = environment.getPropertySources();
		List.copyOf(sources.stream().toList()).forEach((standard) -> sources.remove(standard.getName()));
		sources.addFirst(new MapPropertySource("warm-up", PROPERTIES));
		service.getPropertySources()
			.stream()
			.filter((source) -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
			.forEach(sources::addLast);
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	/**
	 * Event loops of its own: the end of this instance would also end shared ones.
	 */
	static ReactorResourceFactory eventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	int port() {
		return this.context.getWebServer().getPort();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
