package dev.lastseat.embedded;

import com.mongodb.ConnectionString;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The way into this package: without a {@code spring.mongodb.uri}, the engine is started
 * and named to Spring Boot as the server to connect to. Needs the
 * {@link EmbeddedSettings} as a bean.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(NoServerConfigured.class)
class EmbeddedConfiguration {

	@Bean
	EmbeddedEngine embeddedEngine(EmbeddedSettings settings) {
		return new EmbeddedEngine(settings);
	}

	@Bean
	MongoConnectionDetails embeddedConnectionDetails(EmbeddedEngine engine) {
		ConnectionString uri = new ConnectionString(engine.connectionString());
		return () -> uri;
	}

}
