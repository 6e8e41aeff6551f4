package dev.lastseat.mongo;

import java.time.Duration;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Sees to the two indexes of the collection when the service starts, without holding up
 * or failing the start: a database that is away gets them when it comes, and an index
 * that an operator has built otherwise stays as it is.
 */
final class EventIndexes implements SmartLifecycle {

	/** Serves the list of events. */
	static final String BY_START = "events_starts_at";

	/** Serves the question which events a user is registered for. */
	static final String BY_USER = "events_reg_ids";

	private static final Logger logger = LoggerFactory.getLogger(EventIndexes.class);

	/** What a server says of an index that exists with other options, or another name. */
	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private static final int INDEX_KEY_SPECS_CONFLICT = 86;

	/** As long as it takes: an outage at the start may last. */
	private static final Retry UNTIL_THE_DATABASE_ANSWERS = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
		.maxBackoff(Duration.ofSeconds(30))
		.doBeforeRetry(
				(signal) -> logger.warn("Indexes not ensured yet, trying again: {}", signal.failure().getMessage()));

	private final MongoCollection<Document> events;

	private final Disposable.Swap attempt = Disposables.swap();

	private volatile boolean running;

	EventIndexes(MongoDatabase database) {
		this(database.getCollection(EventDocument.COLLECTION));
	}

	EventIndexes(MongoCollection<Document> events) {
		this.events = events;
	}

	/**
	 * Creates the indexes that are missing. Lazy; completes when both exist.
	 */
	Mono<Void> ensure() {
		return ensure(BY_START, Indexes.ascending(EventDocument.STARTS_AT))
			.then(ensure(BY_USER, Indexes.ascending(EventDocument.REGISTRATION_IDS)));
	}

	private Mono<Void> ensure(String name, Bson keys) {
		return Mono.from(this.events.createIndex(keys, new IndexOptions().name(name)))
			.onErrorResume(MongoCommandException.class, (error) -> keepExisting(name, error))
			.then();
	}

	private static Mono<String> keepExisting(String name, MongoCommandException error) {
		if (error.getErrorCode() != INDEX_OPTIONS_CONFLICT && error.getErrorCode() != INDEX_KEY_SPECS_CONFLICT) {
			return Mono.error(error);
		}
		logger.warn("Index {} was not created, there is another one in its place: {}", name, error.getErrorMessage());
		return Mono.just(name);
	}

	@Override
	public void start() {
		this.running = true;
		this.attempt.update(ensure().retryWhen(UNTIL_THE_DATABASE_ANSWERS).subscribe());
	}

	@Override
	public void stop() {
		this.attempt.dispose();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
