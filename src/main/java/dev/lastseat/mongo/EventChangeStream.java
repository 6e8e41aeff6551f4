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
 * The change stream of the collection. Of each change the server sends which event it is
 * about and the revision it made, and nothing of who is registered.
 */
final class EventChangeStream {

	private static final Logger logger = LoggerFactory.getLogger(EventChangeStream.class);

	/**
	 * Between two attempts to follow. As long as they fail, each comes with a look at
	 * everything: this is a poll then, as on a server without change streams.
	 */
	private static final Retry AGAIN = Retry.fixedDelay(Long.MAX_VALUE, MongoChangeFeed.POLL_INTERVAL)
		.doBeforeRetry(EventChangeStream::report);

	/**
	 * A stream that is quiet for so long is opened anew: the server may never answer, and
	 * that looks the same. It costs one command.
	 */
	private static final Duration QUIET = Duration.ofSeconds(10);

	/**
	 * How long the server holds an answer back when there is nothing to tell, in
	 * milliseconds: the default of MongoDB, asked for, because others wait longer.
	 */
	private static final long MAX_AWAIT = 1_000;

	/** Changes in one answer. With a hundred bytes for each, an answer stays small. */
	private static final int BATCH = 1_000;

	private static final String UPDATED = "updateDescription";

	private static final String UPDATED_FIELDS = "updatedFields";

	private static final String REPLACED = "fullDocument";

	private static final String KEY = "documentKey";

	/** {@code _id} is the resume token, and always included. */
	private static final List<Bson> REVISIONS = List.of(
			Aggregates.match(Filters.in("operationType", "update", "replace", "delete")),
			Aggregates
				.project(Projections.include(KEY, String.join(".", UPDATED, UPDATED_FIELDS, EventDocument.REVISION),
						String.join(".", REPLACED, EventDocument.REVISION))));

	private final MongoCollection<Document> events;

	private final Mono<BsonTimestamp> now;

	private final Duration quiet;

	/**
	 * @param now reads the server's present time
	 */
	EventChangeStream(MongoCollection<Document> events, Mono<BsonTimestamp> now) {
		this(events, now, QUIET);
	}

	/**
	 * The driver has one time limit for all that comes until the next change, however
	 * long that takes, so it gets none. A server that is gone is noticed by its monitor,
	 * which closes the connection.
	 * @param quiet how long a stream may tell nothing
	 */
	EventChangeStream(MongoCollection<Document> events, Mono<BsonTimestamp> now, Duration quiet) {
		this.quiet = quiet;
		this.events = events.withReadConcern(ReadConcern.MAJORITY).withTimeout(0, TimeUnit.MILLISECONDS);
		this.now = now;
	}

	/**
	 * Follows all events, through every failure. What the driver does not mend by itself
	 * is tried again: behind the last change that was seen, or, when the server does not
	 * go on from there, from its present time.
	 * @param last the token of the change behind which to begin; null for the present
	 */
	Flux<ChangeHint> changes(@Nullable BsonDocument last) {
		return Flux.defer(() -> {
			AtomicReference<@Nullable BsonDocument> token = new AtomicReference<>(last);
			return Flux.defer(() -> follow(token).timeout(this.quiet))
				.retryWhen(Retry.indefinitely().filter((error) -> becameQuiet(error, token)))
				.concatWith(Mono.error(() -> new IllegalStateException("the change stream has ended")))
				.doOnError((error) -> !isOutage(error), (error) -> token.set(null))
				.retryWhen(AGAIN);
		});
	}

	/**
	 * Begins at the present time then: behind the last change the server would have to
	 * read again all that it has logged since.
	 */
	private static boolean becameQuiet(Throwable error, AtomicReference<@Nullable BsonDocument> token) {
		boolean quiet = error instanceof TimeoutException;
		if (quiet) {
			token.set(null);
		}
		return quiet;
	}

	/**
	 * The present time is known before anything is read because of the hint, and the
	 * stream begins there: nothing falls between, however long it takes to open.
	 */
	private Flux<ChangeHint> follow(AtomicReference<@Nullable BsonDocument> token) {
		BsonDocument last = token.get();
		return (last != null) ? read(watch().resumeAfter(last), token) : this.now.flatMapMany(
				(time) -> read(watch().startAtOperationTime(time), token).startWith(new ChangeHint.OfAnyEvent()));
	}

	private ChangeStreamPublisher<Document> watch() {
		return this.events.watch(REVISIONS).maxAwaitTime(MAX_AWAIT, TimeUnit.MILLISECONDS).batchSize(BATCH);
	}

	private static Flux<ChangeHint> read(ChangeStreamPublisher<Document> stream,
			AtomicReference<@Nullable BsonDocument> token) {
		return Flux.from(stream.withDocumentClass(BsonDocument.class))
			.doOnNext((change) -> token.set(change.getDocument(EventDocument.ID)))
			.map(EventChangeStream::toHint);
	}

	/**
	 * An id that is no ObjectId is not one of ours, and nobody watches it.
	 */
	private static ChangeHint toHint(BsonDocument change) {
		BsonValue id = change.getDocument(KEY).get(EventDocument.ID);
		String event = id.isObjectId() ? id.asObjectId().getValue().toHexString() : id.toString();
		return new ChangeHint.OfEvent(new EventId(event), revision(change));
	}

	/**
	 * A deletion has none, and a write by hand may have left it alone.
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
	 * A refusal may be one that lasts, such as a right that is missing, so it is said
	 * aloud, but not each time.
	 */
	private static void report(Retry.RetrySignal signal) {
		Throwable failure = signal.failure();
		if (signal.totalRetries() == 0 && !isOutage(failure)) {
			logger.warn("No change stream, looking at all watched events until there is one: {}", failure.getMessage());
		}
		else {
			logger.debug("No change stream, trying again", failure);
		}
	}

}
