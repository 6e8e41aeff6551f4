package dev.lastseat.mongo;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the database answers, by the one command that every server has and that needs
 * no rights. (Spring Boot's own indicator lists the databases and sends {@code hello},
 * which an account may lack the right to, and the embedded engine lacks altogether.)
 */
final class MongoPing extends AbstractReactiveHealthIndicator {

	private static final Document PING = new Document("ping", 1);

	private final MongoDatabase database;

	MongoPing(MongoDatabase database) {
		super("The database does not answer");
		this.database = database;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.from(this.database.runCommand(PING)).map((answer) -> builder.up().build());
	}

}
