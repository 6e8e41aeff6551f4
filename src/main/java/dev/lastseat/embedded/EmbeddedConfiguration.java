package dev.lastseat.embedded;

import com.mongodb.ConnectionString;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The entry point of this package. If no MongoDB server is configured, it starts the
 * embedded engine and gives Spring Boot its connection string. Needs a bean of the type
 * {@link EmbeddedSettings}.
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
