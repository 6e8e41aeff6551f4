package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import org.bson.BsonTimestamp;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows a change stream if the server has an oplog. In any case it emits a hint about
 * all events at a fixed interval: a stream may be silent because the server does not
 * answer.
 */
final class MongoChangeFeed implements ChangeFeed {

	private static final Logger logger = LoggerFactory.getLogger(MongoChangeFeed.class);

	/**
	 * Limits how long a change by another process stays unnoticed, with or without a
	 * change stream. A poll reads the counters of all watched events by {@code _id}.
	 */
	static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	private static final Bson COUNTERS = Projections.include(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD,
			EventDocument.HELD, EventDocument.WAITING_COUNT, EventDocument.SALES_OPEN_AT, EventDocument.SALES_CLOSE_AT,
			EventDocument.HOLD_SECONDS, EventDocument.OFFER_SECONDS, EventDocument.REVISION);

	/**
	 * The time of the oplog. A member of a replica set and a {@code mongos} put it in
	 * every answer; a server without an oplog never does.
	 */
	private static final String OPERATION_TIME = "operationTime";

	private final MongoDatabase database;

	private final MongoCollections collections;

	private final AtomicReference<Source> source = new AtomicReference<>();

	/**
	 * @param database is asked for the time of its oplog
	 */
	MongoChangeFeed(MongoDatabase database, MongoCollections collections) {
		this.database = database;
		this.collections = collections;
	}

	@Override
	public Flux<EventStatus> statuses(Collection<EventId> events) {
		List<ObjectId> ids = events.stream().map(EventId::value).filter(ObjectId::isValid).map(ObjectId::new).toList();
		return ids.isEmpty() ? Flux.empty()
				: StorageErrors
					.read(Flux
						.from(this.collections.forDisplay()
							.events()
							.find(Filters.and(Filters.in(EventDocument.ID, ids),
									Filters.eq(EventDocument.DELETED_AT, null)))
							.projection(COUNTERS))
						.collectList())
					.flatMapIterable((found) -> found)
					.filter(ReadableEvents::hasStatus)
					.map(EventDocument::toStatus);
	}

	@Override
	public Flux<ChangeHint> changes() {
		EventChangeStream stream = new EventChangeStream(this.collections.events(), operationTime());
		return operationTime().map((time) -> Source.CHANGE_STREAM)
			.defaultIfEmpty(Source.POLL)
			.doOnNext(this::log)
			.flatMapMany(
					(chosen) -> (chosen == Source.CHANGE_STREAM) ? stream.changes(null).mergeWith(poll()) : poll());
	}

	private Mono<BsonTimestamp> operationTime() {
		return StorageErrors.read(Mono.from(this.database.runCommand(MongoPing.PING)))
			.mapNotNull((answer) -> answer.get(OPERATION_TIME, BsonTimestamp.class));
	}

	private static Flux<ChangeHint> poll() {
		return Flux.interval(POLL_INTERVAL).onBackpressureDrop().map((tick) -> new ChangeHint.OfAnyEvent());
	}

	private void log(Source chosen) {
		if (this.source.getAndSet(chosen) != chosen) {
			logger.info("Live status: {}", chosen.description);
		}
	}

	/** The way to find changes by other processes. */
	private enum Source {

		CHANGE_STREAM("changes by other processes are found by a change stream"),

		POLL("the server has no change streams, so changes by other processes are found by polling "
				+ "the watched events");

		private final String description;

		Source(String description) {
			this.description = description;
		}

	}

}
