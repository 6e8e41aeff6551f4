package dev.lastseat.mongo.segments;

import java.util.Collection;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.lastseat.mongo.MongoCollections;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads and writes sealed registrations. Every operation can be repeated.
 *
 * @param collections with the read concern that the purpose of the reads needs
 */
public record SealedRegistrations(MongoCollections collections) {

	/** Documents in one reply of the server: 2 MB, at 200 bytes for each. */
	private static final int DOCUMENTS_PER_REPLY = 10_000;

	/**
	 * The registrations of some users that are not marked as released and whose segment
	 * is below a number.
	 */
	Flux<SealedRegistration> unreleased(ObjectId event, Collection<String> users, int belowSegment) {
		return ofUsers(event, users)
			.filter((registration) -> !registration.released() && registration.segment() < belowSegment);
	}

	/**
	 * The registrations of some users, released or not. A user has one for each sealing,
	 * so there are few. Callers filter the result, and the query contains only fields of
	 * the index.
	 */
	public Flux<SealedRegistration> ofUsers(ObjectId event, Collection<String> users) {
		return Flux
			.from(this.collections.registrations()
				.find(Filters.and(Filters.eq(SealedRegistration.EVENT, event),
						Filters.in(SealedRegistration.USER, users))))
			.map(SealedRegistration::of);
	}

	/**
	 * The registrations of a user in all events that are not marked as released.
	 */
	public Flux<SealedRegistration> unreleased(String user) {
		return Flux.from(this.collections.registrations().find(Filters.eq(SealedRegistration.USER, user)))
			.map(SealedRegistration::of)
			.filter((registration) -> !registration.released());
	}

	/**
	 * The registrations in a range of ordinals that are not marked as released, in the
	 * order of booking.
	 * @param limit maximum number of registrations to return; 0 for all
	 */
	public Flux<SealedRegistration> inOrder(ObjectId event, int fromOrdinal, int belowOrdinal, int limit) {
		return Flux
			.from(this.collections.registrations()
				.find(range(event, fromOrdinal, belowOrdinal))
				.sort(Sorts.ascending(SealedRegistration.ORDINAL))
				.limit(limit)
				.batchSize(DOCUMENTS_PER_REPLY))
			.map(SealedRegistration::of);
	}

	/**
	 * The users whose registrations are in a range of ordinals and are not marked as
	 * released.
	 */
	Flux<String> users(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Flux
			.from(this.collections.registrations()
				.find(range(event, fromOrdinal, belowOrdinal))
				.projection(Projections.include(SealedRegistration.USER))
				.batchSize(DOCUMENTS_PER_REPLY))
			.map((found) -> found.getString(SealedRegistration.USER));
	}

	private static Bson range(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Filters.and(Filters.eq(SealedRegistration.EVENT, event),
				Filters.gte(SealedRegistration.ORDINAL, fromOrdinal),
				Filters.lt(SealedRegistration.ORDINAL, belowOrdinal), Filters.ne(SealedRegistration.RELEASED, true));
	}

	/**
	 * Inserts the registrations that do not exist yet.
	 */
	Mono<Void> insert(List<SealedRegistration> registrations) {
		return MissingDocuments.insert(this.collections.registrations(),
				registrations.stream().map(SealedRegistration::toDocument).toList());
	}

	/**
	 * Marks registrations as released. The mark is never removed.
	 */
	Mono<Void> release(ObjectId event, List<Document> keys) {
		List<Document> ids = keys.stream().map((key) -> SealedRegistration.id(event, key)).toList();
		return Mono
			.from(this.collections.registrations()
				.updateMany(Filters.in(SealedRegistration.ID, ids), Updates.set(SealedRegistration.RELEASED, true)))
			.then();
	}

	/**
	 * Deletes all registrations of deleted events.
	 */
	Mono<Void> deleteOf(Collection<ObjectId> events) {
		return Mono.from(this.collections.registrations().deleteMany(Filters.in(SealedRegistration.EVENT, events)))
			.then();
	}

}
