package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;

import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * The minimum of a booking: the guarded update of the service, sent by the client of the
 * service without any other code.
 */
final class BareDriver {

	private static final Document SEAT_IS_FREE = new Document("$lt", List.of("$tickets_sold", "$capacity"));

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	/** A size that so many polls in a row return is stable. */
	private static final int STABLE_POLLS = 3;

	private final MongoCollection<Document> events;

	private final MongoCollection<Document> registrations;

	BareDriver(MongoDatabase database) {
		this.events = database.getCollection("events").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
		this.registrations = database.getCollection("registrations");
	}

	/** Books one user. The event must have a free seat. Lazy. */
	Mono<BookingOutcome> book(EventId event, String user) {
		return Mono.defer(() -> {
			Document guards = new Document("_id", new ObjectId(event.value()))
				.append("registration_ids", new Document("$ne", user))
				.append("$expr", SEAT_IS_FREE);
			Bson change = Updates.combine(Updates.inc("tickets_sold", 1), Updates.inc("revision", 1L),
					Updates.addToSet("registration_ids", user));
			return Mono.from(this.events.updateOne(guards, change));
		})
			.filter((result) -> result.getMatchedCount() == 1)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("the update matched no document")))
			.thenReturn(BookingOutcome.BOOKED);
	}

	/** Returns the size of the stored event document in bytes. Lazy. */
	Mono<Integer> size(EventId event) {
		return Mono
			.defer(() -> Mono.from(this.events.withDocumentClass(RawBsonDocument.class)
				.find(Filters.eq("_id", new ObjectId(event.value())))))
			.map((document) -> document.getByteBuffer().remaining());
	}

	/**
	 * Waits until the size of the document is stable: then maintenance has sealed all
	 * segments that it can, and has moved the journal.
	 * @return the size in bytes
	 */
	Mono<Integer> stableSize(EventId event) {
		return size(event).repeatWhen((times) -> times.delayElements(POLL_INTERVAL))
			.buffer(STABLE_POLLS, 1)
			.filter((sizes) -> sizes.size() == STABLE_POLLS && sizes.stream().distinct().count() == 1)
			.next()
			.map((sizes) -> sizes.get(0));
	}

	/** Deletes events and their registrations. Lazy. */
	Mono<Void> delete(List<EventId> events) {
		return Mono.defer(() -> {
			List<ObjectId> ids = events.stream().map((event) -> new ObjectId(event.value())).toList();
			return Mono.from(this.events.deleteMany(Filters.in("_id", ids)))
				.then(Mono.from(this.registrations.deleteMany(Filters.in("e", ids))));
		}).then();
	}

}
