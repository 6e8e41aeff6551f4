package dev.lastseat.mongo;

import java.time.Clock;
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
 * Creates the beans of the storage, on Spring Boot's reactive client. Needs beans of the
 * types {@link MongoTimeouts}, {@link SegmentSize}, {@link SaleSettings} and
 * {@link StorageMonitor}.
 */
@Configuration(proxyBeanMethods = false)
class MongoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(MongoConfiguration.class);

	/** Used if neither a property nor the connection string names a database. */
	private static final String DEFAULT_DATABASE = "lastseat";

	/**
	 * Uses the driver's own transport. If Netty is present, Spring Boot chooses the
	 * driver's Netty transport, whose operations with a timeout can be lost. For such an
	 * operation {@code NettyStream.writeAsync} of version 5.6.5 adds a handler to the
	 * channel. If the connection is cut between that and the write, the listener of the
	 * write cannot remove the handler and throws, and neither the failure nor a timeout
	 * is reported. Without {@code timeout} there is no such handler, but this service
	 * needs the timeout of each operation.
	 */
	@Bean
	MongoClientSettings mongoClientSettings() {
		return MongoClientSettings.builder().transportSettings(TransportSettings.asyncBuilder().build()).build();
	}

	/**
	 * Spring Boot creates this bean only if the application defines no
	 * {@link MongoClientSettings}; this one does.
	 */
	@Bean
	StandardMongoClientSettingsBuilderCustomizer connectionStringCustomizer(MongoConnectionDetails details,
			MongoProperties properties) {
		return new StandardMongoClientSettingsBuilderCustomizer(details, properties.getRepresentation().getUuid());
	}

	/**
	 * Runs before the customizer that applies the connection string, so the string
	 * overrides these limits.
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
	 * Traces commands if requests are traced. A span contains the names of the command
	 * and of the collection, but no data.
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
			StorageMonitor monitor, Clock clock, SaleSettings settings) {
		return new MongoEventRepository(collections, maintenance, monitor, clock, settings);
	}

	@Bean
	SegmentMaintenance segmentMaintenance(MongoCollections collections, SegmentSize segmentSize,
			StorageMonitor monitor) {
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
