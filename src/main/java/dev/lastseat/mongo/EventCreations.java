package dev.lastseat.mongo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.mongodb.client.model.Filters;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.StorageException;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Inserts the documents of new events.
 */
final class EventCreations {

	private final MongoCollections collections;

	private final ReadableEvents readable;

	EventCreations(MongoCollections collections, ReadableEvents readable) {
		this.collections = collections;
		this.readable = readable;
	}

	/** Creates an event with a new id. */
	Mono<Event> create(EventDraft draft, Instant createdAt) {
		return Mono.defer(() -> {
			Document document = document(new ObjectId(), draft, createdAt);
			return StorageErrors.write(Mono.from(this.collections.events().insertOne(document))).thenReturn(document);
		}).map(EventDocument::toEvent);
	}

	/**
	 * Creates an event with this id. If the id is taken, compares the stored event with
	 * the draft. If that event has been deleted since, tries again.
	 * @param attempts maximum number of inserts to send, 1 or more
	 */
	Mono<EventCreation> create(ObjectId id, EventDraft draft, Instant createdAt, int attempts) {
		Document document = document(id, draft, createdAt);
		return StorageErrors.write(Mono.from(this.collections.events().insertOne(document)))
			.map((stored) -> new EventCreation(EventCreation.Outcome.CREATED, EventDocument.toEvent(document)))
			.onErrorResume(StorageErrors::isDuplicateKey,
					(taken) -> compareWithStored(id, draft)
						.switchIfEmpty((attempts > 1) ? Mono.defer(() -> create(id, draft, createdAt, attempts - 1))
								: Mono.error(StorageException.Busy::new)));
	}

	/** Truncates the time as MongoDB does: it stores milliseconds. */
	private static Document document(ObjectId id, EventDraft draft, Instant createdAt) {
		return EventDocument.of(id, draft, createdAt.truncatedTo(ChronoUnit.MILLIS));
	}

	/**
	 * @return empty if no document has the id any more
	 */
	private Mono<EventCreation> compareWithStored(ObjectId id, EventDraft draft) {
		return StorageErrors.read(Mono.from(this.collections.events()
			.find(Filters.eq(EventDocument.ID, id))
			.projection(EventDocument.WITHOUT_REGISTRATIONS))).map((found) -> compare(found, draft));
	}

	private EventCreation compare(Document found, EventDraft draft) {
		if (found.containsKey(EventDocument.DELETED_AT)) {
			return EventCreation.ID_TAKEN;
		}
		return this.readable.read(found)
			.filter(draft::matches)
			.map((event) -> new EventCreation(EventCreation.Outcome.ALREADY_CREATED, event))
			.orElse(EventCreation.ID_TAKEN);
	}

}
