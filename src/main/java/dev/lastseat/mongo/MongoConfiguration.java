package dev.lastseat.mongo;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.mongodb.autoconfigure.StandardMongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.mongodb.observability.ContextProviderFactory;
import org.springframework.data.mongodb.observability.MongoObservationCommandListener;

/**
 * The way into this package: the repository on Spring Boot's reactive client. Needs the
 * {@link MongoTimeouts}, the {@link SegmentSize} and a {@link StorageMonitor} as beans.
 */
@Configuration(proxyBeanMethods = false)
class MongoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(MongoConfiguration.class);

	/** Where events live when neither a property nor the connection string says so. */
	private static final String DEFAULT_DATABASE = "lastseat";

	/**
	 * The driver's own transport. Where there is Netty, Spring Boot would take the
	 * driver's Netty transport, which now and then never answers an operation whose
	 * connection is cut, not even when its time is up.
	 */
	@Bean
	MongoClientSettings mongoClientSettings() {
		return MongoClientSettings.builder().transportSettings(TransportSettings.asyncBuilder().build()).build();
	}

	/**
	 * Spring Boot's own, which it leaves out where there are settings of ours.
	 */
	@Bean
	StandardMongoClientSettingsBuilderCustomizer connectionStringCustomizer(MongoConnectionDetails details,
			MongoProperties properties) {
		return new StandardMongoClientSettingsBuilderCustomizer(details, properties.getRepresentation().getUuid());
	}

	/**
	 * Comes before the customizer that applies the connection string: so these are
	 * defaults, and what the string says wins.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	MongoClientSettingsBuilderCustomizer mongoTimeoutsCustomizer(MongoTimeouts timeouts) {
		return (settings) -> settings.timeout(timeouts.operationTimeout().toMillis(), TimeUnit.MILLISECONDS)
			.applyToClusterSettings((cluster) -> cluster
				.serverSelectionTimeout(timeouts.serverSelectionTimeout().toMillis(), TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout((int) timeouts.connectTimeout().toMillis(),
					TimeUnit.MILLISECONDS));
	}

	/**
	 * Where requests are traced, the commands that they lead to are as well. A span names
	 * the command and the collection, and nothing of what was asked.
	 */
	@Bean
	MongoClientSettingsBuilderCustomizer mongoTracingCustomizer(ObjectProvider<Tracer> tracer,
			ObservationRegistry observations) {
		return (settings) -> tracer
			.ifAvailable((present) -> settings.contextProvider(ContextProviderFactory.create(observations))
				.addCommandListener(new MongoObservationCommandListener(observations)));
	}

	@Bean
	MongoDatabase mongoDatabase(MongoClient client, MongoConnectionDetails details, MongoProperties properties) {
		ConnectionString server = details.getConnectionString();
		String database = Stream.of(properties.getDatabase(), server.getDatabase())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(DEFAULT_DATABASE);
		if (properties.getUri() != null || properties.getHost() != null) {
			logger.info("Storage: MongoDB at {}, database {} - for production", server.getHosts(), database);
		}
		return client.getDatabase(database);
	}

	@Bean
	MongoCollections mongoCollections(MongoDatabase database, MongoClient client) {
		return MongoCollections.of(database, ReadConcerns.of(client));
	}

	@Bean
	EventRepository eventRepository(MongoCollections collections, SegmentMaintenance maintenance,
			StorageMonitor monitor) {
		return new MongoEventRepository(collections, maintenance, monitor);
	}

	@Bean
	SegmentMaintenance maintenance(MongoCollections collections, SegmentSize segmentSize, StorageMonitor monitor) {
		return new SegmentMaintenance(collections, segmentSize, monitor);
	}

	@Bean
	EventDocumentsHealth eventDocumentsHealthIndicator(SegmentMaintenance maintenance) {
		return new EventDocumentsHealth(maintenance.largeDocuments());
	}

	@Bean
	ChangeFeed changeFeed(MongoDatabase database, MongoCollections collections) {
		return new MongoChangeFeed(database, collections);
	}

	@Bean
	EventIndexes eventIndexes(MongoDatabase database, StorageMonitor monitor) {
		return new EventIndexes(database, monitor);
	}

	@Bean
	MongoPing mongoHealthIndicator(MongoDatabase database) {
		return new MongoPing(database);
	}

}
