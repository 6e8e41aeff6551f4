package dev.lastseat.mongo.segments;

import java.util.Collection;
import java.util.List;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
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
 * What is done with the entries of sealed registrations. Everything can be repeated.
 *
 * @param collections with the read concern that the purpose of the reads needs
 */
public record SealedRegistrations(MongoCollections collections) {

	/** Entries in one answer of the server. With 200 bytes for each, it stays small. */
	private static final int BATCH = 10_000;

	/** One entry that is there already says nothing of the others. */
	private static final InsertManyOptions EACH = new InsertManyOptions().ordered(false);

	/**
	 * Those of the users that are not released, on segments below one.
	 */
	public Flux<SealedRegistration> unreleased(ObjectId event, Collection<String> users, int belowSegment) {
		return ofUsers(event, users).filter((entry) -> !entry.released() && entry.segment() < belowSegment);
	}

	/**
	 * Whether released or not. There are as many of a user as they have left the document
	 * times, so the rest is sorted out here, and the query is that of the index.
	 */
	public Flux<SealedRegistration> ofUsers(ObjectId event, Collection<String> users) {
		return Flux
			.from(this.collections.registrations()
				.find(Filters.and(Filters.eq(SealedRegistration.EVENT, event),
						Filters.in(SealedRegistration.USER, users))))
			.map(SealedRegistration::of);
	}

	/**
	 * Those of a user that are not released, of all events.
	 */
	public Flux<SealedRegistration> ofUser(String user) {
		return Flux.from(this.collections.registrations().find(Filters.eq(SealedRegistration.USER, user)))
			.map(SealedRegistration::of)
			.filter((entry) -> !entry.released());
	}

	/**
	 * Those that are not released, in the order of booking.
	 * @param limit how many at most; 0 for all
	 */
	public Flux<SealedRegistration> inOrder(ObjectId event, int fromOrdinal, int belowOrdinal, int limit) {
		return Flux
			.from(this.collections.registrations()
				.find(within(event, fromOrdinal, belowOrdinal))
				.sort(Sorts.ascending(SealedRegistration.ORDINAL))
				.limit(limit)
				.batchSize(BATCH))
			.map(SealedRegistration::of);
	}

	/**
	 * Whose entries have ordinals within bounds, and are not released.
	 */
	public Flux<String> users(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Flux
			.from(this.collections.registrations()
				.find(within(event, fromOrdinal, belowOrdinal))
				.projection(Projections.include(SealedRegistration.USER))
				.batchSize(BATCH))
			.map((found) -> found.getString(SealedRegistration.USER));
	}

	private static Bson within(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Filters.and(Filters.eq(SealedRegistration.EVENT, event),
				Filters.gte(SealedRegistration.ORDINAL, fromOrdinal),
				Filters.lt(SealedRegistration.ORDINAL, belowOrdinal), Filters.ne(SealedRegistration.RELEASED, true));
	}

	/**
	 * Inserts what is not there yet.
	 */
	public Mono<Void> insert(List<SealedRegistration> entries) {
		return Mono
			.from(this.collections.registrations()
				.insertMany(entries.stream().map(SealedRegistration::toDocument).toList(), EACH))
			.onErrorResume(SealedRegistrations::wereThere, (error) -> Mono.empty())
			.then();
	}

	private static boolean wereThere(Throwable error) {
		return error instanceof MongoBulkWriteException some && some.getWriteConcernError() == null
				&& some.getWriteErrors()
					.stream()
					.allMatch((one) -> ErrorCategory.fromErrorCode(one.getCode()) == ErrorCategory.DUPLICATE_KEY);
	}

	/**
	 * Marks them as released, for good.
	 */
	public Mono<Void> release(ObjectId event, List<Document> pairs) {
		List<Document> ids = pairs.stream().map((pair) -> SealedRegistration.id(event, pair)).toList();
		return Mono
			.from(this.collections.registrations()
				.updateMany(Filters.in(SealedRegistration.ID, ids), Updates.set(SealedRegistration.RELEASED, true)))
			.then();
	}

	/**
	 * Deletes all of events that there are no more.
	 */
	public Mono<Void> deleteOf(Collection<ObjectId> events) {
		return Mono.from(this.collections.registrations().deleteMany(Filters.in(SealedRegistration.EVENT, events)))
			.then();
	}

}
