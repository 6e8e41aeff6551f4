package dev.lastseat.mongo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.ChangeStreamPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The change stream of the events. For each change the server sends the event's id and
 * its new revision, but no registrations.
 */
final class EventChangeStream {

	private static final Logger logger = LoggerFactory.getLogger(EventChangeStream.class);

	/**
	 * After a failure the stream is opened again at the interval of the poll. Until it is
	 * open, the poll of {@link MongoChangeFeed} finds the changes.
	 */
	private static final Retry RETRY = Retry.fixedDelay(Long.MAX_VALUE, MongoChangeFeed.POLL_INTERVAL)
		.doBeforeRetry(EventChangeStream::report);

	/**
	 * A stream without changes for this time is opened again, since it looks the same as
	 * a stream whose server never answers. Opening it takes two commands.
	 */
	private static final Duration QUIET = Duration.ofSeconds(10);

	/**
	 * The longest time that the server waits for a change before it answers, in
	 * milliseconds. This is the default of MongoDB; it is set because other servers wait
	 * longer.
	 */
	private static final long MAX_AWAIT = 1_000;

	/** Changes in one answer: 100 KB, at 100 bytes for each. */
	private static final int CHANGES_PER_REPLY = 1_000;

	private static final String UPDATED = "updateDescription";

	private static final String UPDATED_FIELDS = "updatedFields";

	private static final String REPLACED = "fullDocument";

	private static final String KEY = "documentKey";

	/** {@code _id} is the resume token. The server always includes it. */
	private static final List<Bson> REVISIONS = List.of(
			Aggregates.match(Filters.in("operationType", "update", "replace", "delete")),
			Aggregates
				.project(Projections.include(KEY, String.join(".", UPDATED, UPDATED_FIELDS, EventDocument.REVISION),
						String.join(".", REPLACED, EventDocument.REVISION))));

	private final MongoCollection<Document> events;

	private final Mono<BsonTimestamp> now;

	private final Duration quiet;

	/**
	 * @param now reads the current time of the server's oplog
	 */
	EventChangeStream(MongoCollection<Document> events, Mono<BsonTimestamp> now) {
		this(events, now, QUIET);
	}

	/**
	 * Sets no time limit: the driver would apply it to the whole wait for the next
	 * change. The driver's monitor detects a server that is down and closes the
	 * connection.
	 * @param quiet the longest time without a change
	 */
	EventChangeStream(MongoCollection<Document> events, Mono<BsonTimestamp> now, Duration quiet) {
		this.quiet = quiet;
		this.events = events.withReadConcern(ReadConcern.MAJORITY).withTimeout(0, TimeUnit.MILLISECONDS);
		this.now = now;
	}

	/**
	 * Follows all events and never ends. Retries every failure that the driver does not
	 * handle itself. Continues after the last change that was received or, if the server
	 * refuses that, from the current time of the server.
	 * @param last the token of the change to begin after; null for the current time
	 */
	Flux<ChangeHint> changes(@Nullable BsonDocument last) {
		return Flux.defer(() -> {
			AtomicReference<@Nullable BsonDocument> token = new AtomicReference<>(last);
			return Flux.defer(() -> follow(token).timeout(this.quiet))
				.retryWhen(Retry.indefinitely().filter((error) -> resetIfQuiet(error, token)))
				.concatWith(Mono.error(() -> new IllegalStateException("the change stream has ended")))
				.doOnError((error) -> !isOutage(error), (error) -> token.set(null))
				.retryWhen(RETRY);
		});
	}

	/**
	 * Removes the token of a quiet stream, so that the next one begins at the current
	 * time. From the token the server would read everything that it has logged since.
	 */
	private static boolean resetIfQuiet(Throwable error, AtomicReference<@Nullable BsonDocument> token) {
		boolean quiet = error instanceof TimeoutException;
		if (quiet) {
			token.set(null);
		}
		return quiet;
	}

	/**
	 * Reads the current time first, then emits the hint, and begins the stream at that
	 * time. So no change is missed between the reads that follow the hint and the start
	 * of the stream, however long it takes to open.
	 */
	private Flux<ChangeHint> follow(AtomicReference<@Nullable BsonDocument> token) {
		BsonDocument last = token.get();
		return (last != null) ? read(watch().resumeAfter(last), token) : this.now.flatMapMany(
				(time) -> read(watch().startAtOperationTime(time), token).startWith(new ChangeHint.OfAnyEvent()));
	}

	private ChangeStreamPublisher<Document> watch() {
		return this.events.watch(REVISIONS).maxAwaitTime(MAX_AWAIT, TimeUnit.MILLISECONDS).batchSize(CHANGES_PER_REPLY);
	}

	private static Flux<ChangeHint> read(ChangeStreamPublisher<Document> stream,
			AtomicReference<@Nullable BsonDocument> token) {
		return Flux.from(stream.withDocumentClass(BsonDocument.class))
			.doOnNext((change) -> token.set(change.getDocument(EventDocument.ID)))
			.map(EventChangeStream::toHint);
	}

	/**
	 * This service gives each event an ObjectId as its id. A hint with another id has no
	 * effect.
	 */
	private static ChangeHint toHint(BsonDocument change) {
		BsonValue id = change.getDocument(KEY).get(EventDocument.ID);
		String event = id.isObjectId() ? id.asObjectId().getValue().toHexString() : id.toString();
		return new ChangeHint.OfEvent(new EventId(event), revision(change));
	}

	/**
	 * The new revision; {@link Long#MAX_VALUE} if the change contains none, as a
	 * deletion, or a manual write that leaves the revision as it is.
	 */
	private static long revision(BsonDocument change) {
		BsonDocument none = new BsonDocument();
		BsonDocument fields = change.getDocument(UPDATED, none)
			.getDocument(UPDATED_FIELDS, change.getDocument(REPLACED, none));
		BsonValue revision = fields.get(EventDocument.REVISION);
		return (revision != null && revision.isNumber()) ? revision.asNumber().longValue() : Long.MAX_VALUE;
	}

	private static boolean isOutage(Throwable error) {
		return StorageErrors.ofRead(error) instanceof StorageException;
	}

	/**
	 * Logs a refusal by the server as a warning, once: it may be permanent, such as a
	 * missing privilege.
	 */
	private static void report(Retry.RetrySignal signal) {
		Throwable failure = signal.failure();
		if (signal.totalRetries() == 0 && !isOutage(failure)) {
			logger.warn("No change stream. All watched events are polled until there is one: {}", failure.getMessage());
		}
		else {
			logger.debug("No change stream, retrying", failure);
		}
	}

}
