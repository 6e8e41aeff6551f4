package dev.lastseat.mongo;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the database: whether it answers {@code ping}. Every server has this command,
 * and it needs no privileges. Spring Boot's own indicator lists the databases and sends
 * {@code hello}: an account may lack the privilege to list them, and the embedded engine
 * does not support {@code hello}.
 */
final class MongoPing extends AbstractReactiveHealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(MongoPing.class);

	static final Document PING = new Document("ping", 1);

	private final MongoDatabase database;

	MongoPing(MongoDatabase database) {
		this.database = database;
	}

	/**
	 * Handles the exception here: the base class would log a stack trace for each health
	 * check of an outage, every few seconds.
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
