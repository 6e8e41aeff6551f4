package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;

/**
 * Books and cancels registrations of one event, for one user or for many: one
 * {@code updateOne} whose filter contains the guards of everything that its update
 * changes.
 *
 * @param bookings the users to book. The caller has found that none of them is registered
 * in a sealed segment, which the filter cannot see; the filter guards everything else
 * @param segment the number of the open segment for which that was found
 * @param cancellations users of the open segment to remove
 * @param sealedCancellations sealed registrations to release. They were read after the
 * event and were not released
 * @param cleanups the number of clean-ups of the event, read before
 * {@code sealedCancellations}. While this number is the same, no registration has left
 * the list of released ones. So a registration that is not in the list was not released
 * since then
 */
record RegistrationWrite(ObjectId event, List<String> bookings, int segment, List<String> cancellations,
		List<SealedRegistration> sealedCancellations, int cleanups) {

	/**
	 * Whether it both adds to the array of users and removes from it. Update operators
	 * cannot change a field twice, so this needs a pipeline, which the embedded engine
	 * does not support.
	 */
	boolean isMixed() {
		return !this.bookings.isEmpty() && !this.cancellations.isEmpty();
	}

	/** The same write without the bookings. */
	RegistrationWrite onlyCancellations() {
		return new RegistrationWrite(this.event, List.of(), this.segment, this.cancellations, this.sealedCancellations,
				this.cleanups);
	}

	/** The same write without the cancellations. */
	RegistrationWrite onlyBookings() {
		return new RegistrationWrite(this.event, this.bookings, this.segment, List.of(), List.of(), 0);
	}

	/**
	 * Sends the write, once for each subscription.
	 * @return whether the filter matched. If so, everything was changed; otherwise
	 * nothing
	 */
	Mono<Boolean> send(MongoCollection<Document> events) {
		return StorageErrors.write(Mono.defer(() -> Mono.from(isMixed()
				? events.updateOne(filter(), List.of(pipelineStage())) : events.updateOne(filter(), operators()))))
			.map((result) -> result.getMatchedCount() == 1);
	}

	private Document filter() {
		Document filter = this.sealedCancellations.isEmpty() ? new Document(ID, this.event)
				: EventDocument.existing(this.event);
		if (!this.sealedCancellations.isEmpty()) {
			filter.append(CLEANUPS, EventDocument.equalTo(this.cleanups)).append(RELEASED, noneOf(releasedKeys()));
		}
		if (!this.bookings.isEmpty()) {
			filter.append(SEGMENT, EventDocument.equalTo(this.segment))
				.append(SEALING, noneOf(this.bookings))
				.append(REGISTRATION_IDS, noneOf(this.bookings));
		}
		else if (this.cancellations.size() == 1) {
			return filter.append(REGISTRATION_IDS, this.cancellations.get(0));
		}
		List<Document> expressions = expressions();
		return expressions.isEmpty() ? filter : filter.append("$expr",
				(expressions.size() == 1) ? expressions.get(0) : new Document("$and", expressions));
	}

	private static Document noneOf(List<?> values) {
		return (values.size() == 1) ? new Document("$ne", values.get(0)) : new Document("$nin", values);
	}

	/**
	 * The conditions that need an expression. Users to cancel are checked by an
	 * expression too: for a filter on the array the server would consider the index of
	 * the array, once for each user.
	 */
	private List<Document> expressions() {
		List<Document> expressions = new ArrayList<>();
		if (!this.bookings.isEmpty()) {
			expressions
				.add((seats() == 1) ? new Document("$lt", List.of("$" + TICKETS_SOLD, "$" + CAPACITY)) : new Document(
						"$lte", List.of(new Document("$add", List.of("$" + TICKETS_SOLD, seats())), "$" + CAPACITY)));
		}
		if (!this.cancellations.isEmpty()) {
			Document missing = new Document("$setDifference", List.of(literal(this.cancellations),
					new Document("$ifNull", List.of("$" + REGISTRATION_IDS, List.of()))));
			expressions.add(new Document("$eq", List.of(new Document("$size", missing), 0)));
		}
		return expressions;
	}

	/** Number of seats that the write takes, minus those that it frees. */
	private int seats() {
		return this.bookings.size() - this.cancellations.size() - this.sealedCancellations.size();
	}

	private List<Document> releasedKeys() {
		return this.sealedCancellations.stream().map(SealedRegistration::key).toList();
	}

	private Bson operators() {
		List<Bson> updates = new ArrayList<>(List.of(Updates.inc(TICKETS_SOLD, seats()), Updates.inc(REVISION, 1L)));
		if (this.bookings.size() == 1) {
			updates.add(Updates.addToSet(REGISTRATION_IDS, this.bookings.get(0)));
		}
		else if (!this.bookings.isEmpty()) {
			// The filter guarantees that none of them is in the array.
			updates.add(Updates.pushEach(REGISTRATION_IDS, this.bookings));
		}
		if (this.cancellations.size() == 1) {
			updates.add(Updates.pull(REGISTRATION_IDS, this.cancellations.get(0)));
		}
		else if (!this.cancellations.isEmpty()) {
			updates.add(Updates.pullAll(REGISTRATION_IDS, this.cancellations));
		}
		if (!this.sealedCancellations.isEmpty()) {
			updates.add(Updates.pushEach(RELEASED, releasedKeys()));
		}
		return Updates.combine(updates);
	}

	/**
	 * The same changes for a mixed write. The users that stay keep their order.
	 */
	private Document pipelineStage() {
		Document cancelled = new Document("$in", List.of("$$this", literal(this.cancellations)));
		Document staying = new Document("$filter",
				new Document("input", "$" + REGISTRATION_IDS).append("cond", new Document("$not", List.of(cancelled))));
		Document fields = new Document(TICKETS_SOLD, new Document("$add", List.of("$" + TICKETS_SOLD, seats())))
			.append(REVISION, new Document("$add", List.of("$" + REVISION, 1L)))
			.append(REGISTRATION_IDS, new Document("$concatArrays", List.of(staying, literal(this.bookings))));
		if (!this.sealedCancellations.isEmpty()) {
			fields.append(RELEASED, new Document("$concatArrays",
					List.of(new Document("$ifNull", List.of("$" + RELEASED, List.of())), literal(releasedKeys()))));
		}
		return new Document("$set", fields);
	}

	/** Keeps the server from reading a user id as a field path or an operator. */
	private static Document literal(Object data) {
		return new Document("$literal", data);
	}

}
