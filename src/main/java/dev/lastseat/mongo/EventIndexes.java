package dev.lastseat.mongo;

import java.time.Duration;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Sees to the indexes of the two collections when the service starts, without holding up
 * or failing the start: a database that is away gets them when it comes, and an index
 * that an operator has built otherwise stays as it is.
 */
final class EventIndexes implements SmartLifecycle {

	/** Serves the list of events. */
	static final String BY_START = "events_starts_at";

	/** Serves the question which events a user is registered for. */
	static final String BY_USER = "events_reg_ids";

	/** Likewise, of a user who is on the way out of the document. */
	static final String BY_LEAVING_USER = "events_sealing";

	/** Serves the search for what was left undone. */
	static final String BY_RELEASED_USER = "events_released";

	/** Serves the question whether somebody is registered on a sealed page. */
	static final String ENTRIES_BY_EVENT_AND_USER = "registrations_event_user";

	/** Serves the list of those who are registered for an event. */
	static final String ENTRIES_IN_ORDER = "registrations_event_order";

	/** Serves the question which events a user is registered for. */
	static final String ENTRIES_BY_USER = "registrations_user";

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

	private final MongoCollection<Document> registrations;

	private final Disposable.Swap attempt = Disposables.swap();

	private volatile boolean running;

	EventIndexes(MongoDatabase database) {
		this(database.getCollection(EventDocument.COLLECTION), database.getCollection(Entry.COLLECTION));
	}

	EventIndexes(MongoCollection<Document> events, MongoCollection<Document> registrations) {
		this.events = events;
		this.registrations = registrations;
	}

	/**
	 * Creates the indexes that are missing. Lazy; completes when all of them exist.
	 */
	Mono<Void> ensure() {
		return Flux
			.concat(ensure(this.events, BY_START, false, EventDocument.STARTS_AT),
					ensure(this.events, BY_USER, false, EventDocument.REGISTRATION_IDS),
					ensure(this.events, BY_LEAVING_USER, true, EventDocument.SEALING),
					ensure(this.events, BY_RELEASED_USER, true, Sweep.RELEASED_USER),
					ensure(this.registrations, ENTRIES_BY_EVENT_AND_USER, false, Entry.EVENT, Entry.USER),
					ensure(this.registrations, ENTRIES_IN_ORDER, false, Entry.EVENT, Entry.ORDINAL),
					ensure(this.registrations, ENTRIES_BY_USER, false, Entry.USER))
			.then();
	}

	/**
	 * @param sparse for fields that hardly any document has
	 */
	private static Mono<Void> ensure(MongoCollection<Document> collection, String name, boolean sparse,
			String... fields) {
		return Mono
			.from(collection.createIndex(Indexes.ascending(fields), new IndexOptions().name(name).sparse(sparse)))
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
