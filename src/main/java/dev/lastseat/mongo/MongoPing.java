package dev.lastseat.mongo;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the database answers, by the one command that every server has and that needs
 * no rights. (Spring Boot's own indicator lists the databases and sends {@code hello},
 * which an account may lack the right to, and the embedded engine lacks altogether.)
 */
final class MongoPing extends AbstractReactiveHealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(MongoPing.class);

	private static final Document PING = new Document("ping", 1);

	private final MongoDatabase database;

	MongoPing(MongoDatabase database) {
		this.database = database;
	}

	/**
	 * An outage is told to who asks, every few seconds: with an exception left to the
	 * base class, each time would be a stack trace in the log.
	 */
	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.from(this.database.runCommand(PING))
			.map((answer) -> builder.up().build())
			.onErrorResume((error) -> {
				logger.debug("No answer to a ping", error);
				return Mono.just(builder.down().build());
			});
	}

}
