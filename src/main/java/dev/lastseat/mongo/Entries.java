package dev.lastseat.mongo;

import java.util.Collection;
import java.util.List;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
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
record Entries(MongoCollections collections) {

	/** Entries in one answer of the server. With 200 bytes for each, it stays small. */
	private static final int BATCH = 10_000;

	/** One entry that is there already says nothing of the others. */
	private static final InsertManyOptions EACH = new InsertManyOptions().ordered(false);

	/**
	 * Those of the users that are not released, on pages below one.
	 */
	Flux<Entry> unreleased(ObjectId event, Collection<String> users, int belowPage) {
		return ofUsers(event, users).filter((entry) -> !entry.released() && entry.page() < belowPage);
	}

	/**
	 * Whether released or not. There are as many of a user as they have left the document
	 * times, so the rest is sorted out here, and the query is that of the index.
	 */
	Flux<Entry> ofUsers(ObjectId event, Collection<String> users) {
		return Flux
			.from(this.collections.registrations()
				.find(Filters.and(Filters.eq(Entry.EVENT, event), Filters.in(Entry.USER, users))))
			.map(Entry::of);
	}

	/**
	 * Those of a user that are not released, of all events.
	 */
	Flux<Entry> ofUser(String user) {
		return Flux.from(this.collections.registrations().find(Filters.eq(Entry.USER, user)))
			.map(Entry::of)
			.filter((entry) -> !entry.released());
	}

	/**
	 * Those that are not released, in the order of booking.
	 * @param limit how many at most; 0 for all
	 */
	Flux<Entry> inOrder(ObjectId event, int fromOrdinal, int belowOrdinal, int limit) {
		return Flux
			.from(this.collections.registrations()
				.find(within(event, fromOrdinal, belowOrdinal))
				.sort(Sorts.ascending(Entry.ORDINAL))
				.limit(limit)
				.batchSize(BATCH))
			.map(Entry::of);
	}

	/**
	 * Whose entries have ordinals within bounds, and are not released.
	 */
	Flux<String> users(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Flux
			.from(this.collections.registrations()
				.find(within(event, fromOrdinal, belowOrdinal))
				.projection(Projections.include(Entry.USER))
				.batchSize(BATCH))
			.map((found) -> found.getString(Entry.USER));
	}

	private static Bson within(ObjectId event, int fromOrdinal, int belowOrdinal) {
		return Filters.and(Filters.eq(Entry.EVENT, event), Filters.gte(Entry.ORDINAL, fromOrdinal),
				Filters.lt(Entry.ORDINAL, belowOrdinal), Filters.ne(Entry.RELEASED, true));
	}

	/**
	 * Inserts what is not there yet.
	 */
	Mono<Void> insert(List<Entry> entries) {
		return Mono
			.from(this.collections.registrations().insertMany(entries.stream().map(Entry::toDocument).toList(), EACH))
			.onErrorResume(Entries::wereThere, (error) -> Mono.empty())
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
	Mono<Void> release(ObjectId event, List<Document> pairs) {
		List<Document> ids = pairs.stream().map((pair) -> Entry.id(event, pair)).toList();
		return Mono
			.from(this.collections.registrations()
				.updateMany(Filters.in(Entry.ID, ids), Updates.set(Entry.RELEASED, true)))
			.then();
	}

	/**
	 * Deletes all of events that there are no more.
	 */
	Mono<Void> deleteOf(Collection<ObjectId> events) {
		return Mono.from(this.collections.registrations().deleteMany(Filters.in(Entry.EVENT, events))).then();
	}

}
