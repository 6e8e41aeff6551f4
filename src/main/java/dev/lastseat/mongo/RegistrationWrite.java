package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
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
 * The admission and its mirror, for one user or for many: one {@code updateOne} whose
 * filter holds the guards of all that its update changes.
 *
 * @param bookings users to book. None of them is registered in a sealed segment, which no
 * filter can see; the filter guards the rest
 * @param segment the number of the open segment, for which that is known
 * @param cancellations users in the open segment, whose seats are given back
 * @param sealed registrations in sealed segments that are given back. They were read
 * after the event and were not released
 * @param cleanups that the event had then. While the number is the same, no registration
 * has left the list of the released ones: one that is not in it now was not given back
 * since it was read
 */
record RegistrationWrite(ObjectId event, List<String> bookings, int segment, List<String> cancellations,
		List<SealedRegistration> sealed, int cleanups) {

	/**
	 * Whether it adds to the array of users and takes from it. No update by operators can
	 * change a field twice, so this takes a pipeline, which the embedded engine lacks.
	 */
	boolean isMixed() {
		return !this.bookings.isEmpty() && !this.cancellations.isEmpty();
	}

	/** The part of it that gives seats back. */
	RegistrationWrite onlyCancellations() {
		return new RegistrationWrite(this.event, List.of(), this.segment, this.cancellations, this.sealed,
				this.cleanups);
	}

	/** The part of it that books. */
	RegistrationWrite onlyBookings() {
		return new RegistrationWrite(this.event, this.bookings, this.segment, List.of(), List.of(), 0);
	}

	/**
	 * @return whether the event matched, and all was changed. Otherwise nothing was
	 */
	Mono<Boolean> send(MongoCollection<Document> events) {
		return StorageErrors
			.write(Mono.defer(() -> Mono.from(isMixed() ? events.updateOne(filter(), List.of(pipelineStage()))
					: events.updateOne(filter(), operators()))))
			.map(UpdateResult::getMatchedCount)
			.map((matched) -> matched == 1);
	}

	private Document filter() {
		Document filter = this.sealed.isEmpty() ? new Document(ID, this.event) : EventDocument.existing(this.event);
		if (!this.sealed.isEmpty()) {
			filter.append(CLEANUPS, EventDocument.equalTo(this.cleanups)).append(RELEASED, noneOf(pairs()));
		}
		if (!this.bookings.isEmpty()) {
			filter.append(SEGMENT, EventDocument.equalTo(this.segment))
				.append(SEALING, noneOf(this.bookings))
				.append(REGISTRATION_IDS, noneOf(this.bookings));
		}
		else if (this.cancellations.size() == 1) {
			return filter.append(REGISTRATION_IDS, this.cancellations.get(0));
		}
		List<Document> conditions = conditions();
		return conditions.isEmpty() ? filter : filter.append("$expr",
				(conditions.size() == 1) ? conditions.get(0) : new Document("$and", conditions));
	}

	private static Document noneOf(List<?> values) {
		return (values.size() == 1) ? new Document("$ne", values.get(0)) : new Document("$nin", values);
	}

	/**
	 * What takes an expression. Users who must be in the array are looked for by one as
	 * well: a filter on the field would have the server try the index of the field, once
	 * for each of them.
	 */
	private List<Document> conditions() {
		List<Document> conditions = new ArrayList<>();
		if (!this.bookings.isEmpty()) {
			conditions
				.add((seats() == 1) ? new Document("$lt", List.of("$" + TICKETS_SOLD, "$" + CAPACITY)) : new Document(
						"$lte", List.of(new Document("$add", List.of("$" + TICKETS_SOLD, seats())), "$" + CAPACITY)));
		}
		if (!this.cancellations.isEmpty()) {
			Document missing = new Document("$setDifference", List.of(literal(this.cancellations),
					new Document("$ifNull", List.of("$" + REGISTRATION_IDS, List.of()))));
			conditions.add(new Document("$eq", List.of(new Document("$size", missing), 0)));
		}
		return conditions;
	}

	/** Seats that are taken by it, less those that it gives back. */
	private int seats() {
		return this.bookings.size() - this.cancellations.size() - this.sealed.size();
	}

	private List<Document> pairs() {
		return this.sealed.stream().map(SealedRegistration::key).toList();
	}

	private Bson operators() {
		List<Bson> updates = new ArrayList<>(List.of(Updates.inc(TICKETS_SOLD, seats()), Updates.inc(REVISION, 1L)));
		if (this.bookings.size() == 1) {
			updates.add(Updates.addToSet(REGISTRATION_IDS, this.bookings.get(0)));
		}
		else if (!this.bookings.isEmpty()) {
			// The filter has shown that none of them is in the array.
			updates.add(Updates.pushEach(REGISTRATION_IDS, this.bookings));
		}
		if (this.cancellations.size() == 1) {
			updates.add(Updates.pull(REGISTRATION_IDS, this.cancellations.get(0)));
		}
		else if (!this.cancellations.isEmpty()) {
			updates.add(Updates.pullAll(REGISTRATION_IDS, this.cancellations));
		}
		if (!this.sealed.isEmpty()) {
			updates.add(Updates.pushEach(RELEASED, pairs()));
		}
		return Updates.combine(updates);
	}

	/**
	 * The same for both kinds at once. The users who stay keep their order.
	 */
	private Document pipelineStage() {
		Document cancelled = new Document("$in", List.of("$$this", literal(this.cancellations)));
		Document staying = new Document("$filter",
				new Document("input", "$" + REGISTRATION_IDS).append("cond", new Document("$not", List.of(cancelled))));
		Document fields = new Document(TICKETS_SOLD, new Document("$add", List.of("$" + TICKETS_SOLD, seats())))
			.append(REVISION, new Document("$add", List.of("$" + REVISION, 1L)))
			.append(REGISTRATION_IDS, new Document("$concatArrays", List.of(staying, literal(this.bookings))));
		if (!this.sealed.isEmpty()) {
			fields.append(RELEASED, new Document("$concatArrays",
					List.of(new Document("$ifNull", List.of("$" + RELEASED, List.of())), literal(pairs()))));
		}
		return new Document("$set", fields);
	}

	/** User ids are data, also those that look like a field or an operator. */
	private static Document literal(Object data) {
		return new Document("$literal", data);
	}

}
