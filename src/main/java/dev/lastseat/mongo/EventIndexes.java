package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.segments.JournalSegment;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Creates missing indexes of the collections in the background, repeatedly while the
 * process runs. A failure does not stop the start. Indexes are created when an
 * unavailable database is available again, and when a collection was dropped. An index
 * that an operator has built with other options stays as it is.
 */
final class EventIndexes implements SmartLifecycle {

	/** Serves the list of events. */
	static final String BY_START = "events_starts_at";

	/** Serves the list of the events of a user. */
	static final String BY_USER = "events_reg_ids";

	/** Serves the same list, for users that are being sealed; and the sweep. */
	static final String BY_SEALING_USER = "events_sealing";

	/** Serves the sweep: finds events with released registrations to mark. */
	static final String BY_RELEASED_USER = "events_released";

	/** Serves the sweep: finds events whose journal is being moved. */
	static final String BY_JOURNAL_MOVE = "events_journal_moving";

	/** Serves the sweep: finds tombstones. */
	static final String BY_DELETION = "events_deleted";

	/** Serves the removal of expired holds: finds events in which one may be due. */
	static final String BY_NEXT_EXPIRY = "events_next_expiry";

	/** Serves the search for the sealed registrations of users in one event. */
	static final String SEALED_BY_EVENT_AND_USER = "registrations_event_user";

	/** Serves the list of the registrations of an event. */
	static final String SEALED_BY_EVENT_AND_ORDINAL = "registrations_event_order";

	/** Serves the pages of the journal of an event. */
	static final String JOURNAL_BY_EVENT_AND_POSITION = "journal_event_order";

	/** Serves the list of the events of a user. */
	static final String SEALED_BY_USER = "registrations_user";

	private static final Logger logger = LoggerFactory.getLogger(EventIndexes.class);

	/** Error code for an index that exists with other options or another name. */
	private static final int INDEX_OPTIONS_CONFLICT = 85;

	/** Error code for another index that has the name. */
	private static final int INDEX_KEY_SPECS_CONFLICT = 86;

	/**
	 * Time between two checks. A dropped collection has its indexes again after it.
	 */
	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/** Time between two checks after a failure, such as an unavailable database. */
	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

	private final MongoCollection<Document> events;

	private final MongoCollection<Document> registrations;

	private final MongoCollection<Document> journal;

	private final Disposable.Swap checks = Disposables.swap();

	private final Duration interval;

	private final StorageMonitor monitor;

	private final FailureLog failures;

	/** Indexes that exist with other options. Each is logged once. */
	private final Set<String> kept = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	EventIndexes(MongoDatabase database, StorageMonitor monitor) {
		this(database.getCollection(EventDocument.COLLECTION), database.getCollection(SealedRegistration.COLLECTION),
				database.getCollection(JournalSegment.COLLECTION), monitor, INTERVAL);
	}

	/**
	 * There is no time limit, whatever the connection string says: building an index of a
	 * large collection takes long.
	 * @param interval between two checks
	 */
	EventIndexes(MongoCollection<Document> events, MongoCollection<Document> registrations,
			MongoCollection<Document> journal, StorageMonitor monitor, Duration interval) {
		this.interval = interval;
		this.events = events.withTimeout(0, TimeUnit.MILLISECONDS);
		this.registrations = registrations.withTimeout(0, TimeUnit.MILLISECONDS);
		this.journal = journal.withTimeout(0, TimeUnit.MILLISECONDS);
		this.monitor = monitor;
		this.failures = new FailureLog(monitor);
	}

	/**
	 * Tries to create every missing index. Lazy.
	 * @return the number of indexes that could not be created; they are logged
	 */
	Mono<Integer> ensure() {
		return Flux
			.concat(ensure(this.events, BY_START, false, EventDocument.STARTS_AT),
					ensure(this.events, BY_USER, false, EventDocument.REGISTRATION_IDS),
					ensure(this.events, BY_SEALING_USER, true, EventDocument.SEALING),
					ensure(this.events, BY_RELEASED_USER, true, EventDocument.RELEASED_USER),
					ensure(this.events, BY_JOURNAL_MOVE, true, EventDocument.JOURNAL_MOVING_SINCE),
					ensure(this.events, BY_DELETION, true, EventDocument.DELETED_AT),
					ensure(this.events, BY_NEXT_EXPIRY, true, EventDocument.NEXT_EXPIRY),
					ensure(this.registrations, SEALED_BY_EVENT_AND_USER, false, SealedRegistration.EVENT,
							SealedRegistration.USER),
					ensure(this.registrations, SEALED_BY_EVENT_AND_ORDINAL, false, SealedRegistration.EVENT,
							SealedRegistration.ORDINAL),
					ensure(this.registrations, SEALED_BY_USER, false, SealedRegistration.USER),
					ensure(this.journal, JOURNAL_BY_EVENT_AND_POSITION, false, JournalSegment.EVENT,
							JournalSegment.LAST))
			.reduce(0, Integer::sum)
			.doOnNext(this.monitor::missingIndexes);
	}

	/**
	 * @param sparse for fields that few documents have
	 * @return 0 if the index exists, else 1
	 */
	private Mono<Integer> ensure(MongoCollection<Document> collection, String name, boolean sparse, String... fields) {
		return Mono
			.from(collection.createIndex(Indexes.ascending(fields), new IndexOptions().name(name).sparse(sparse)))
			.onErrorResume(MongoCommandException.class, (error) -> keepExisting(name, error))
			.thenReturn(0)
			.onErrorResume((error) -> {
				logger.debug("Index {} was not created", name);
				this.failures.report(StorageMonitor.Task.INDEXES, error);
				return Mono.just(1);
			});
	}

	private Mono<String> keepExisting(String name, MongoCommandException error) {
		if (error.getErrorCode() != INDEX_OPTIONS_CONFLICT && error.getErrorCode() != INDEX_KEY_SPECS_CONFLICT) {
			return Mono.error(error);
		}
		if (this.kept.add(name)) {
			logger.warn("Index {} was not created, because another index exists in its place: {}", name,
					error.getErrorMessage());
		}
		return Mono.just(name);
	}

	@Override
	public void start() {
		this.running = true;
		this.checks.update(ensure().flatMap((missing) -> Mono.delay((missing == 0) ? this.interval : RETRY_INTERVAL))
			.repeat()
			.subscribe());
	}

	@Override
	public void stop() {
		this.checks.update(Disposables.disposed());
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
