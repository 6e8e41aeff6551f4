package dev.lastseat.mongo.segments;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.MongoCollections;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The queries and deletions of the periodic sweep: finds events whose maintenance is
 * unfinished, and deletes the sealed registrations of deleted events.
 */
final class MaintenanceSweep {

	/**
	 * Time from the deletion of an event until the sweep deletes its sealed
	 * registrations. A sealing that was under way may insert registrations after the
	 * deletion of the event, but only for a far shorter time.
	 */
	private static final Duration PURGE_DELAY = Duration.ofDays(1);

	private final MongoCollections collections;

	MaintenanceSweep(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * The events with registrations that are being sealed, or that are released and not
	 * marked, or with a journal that is being moved. The second condition matches any
	 * element of the list: each has a user, and a user id is not empty.
	 */
	Flux<ObjectId> unfinishedEvents() {
		return Flux
			.from(this.collections.forDisplay()
				.events()
				.find(Filters.or(Filters.exists(EventDocument.SEALING), Filters.gt(EventDocument.RELEASED_USER, ""),
						Filters.exists(EventDocument.JOURNAL_MOVING_SINCE)))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID));
	}

	/**
	 * Deletes the sealed registrations of events that were deleted a day ago or earlier:
	 * some were inserted after the deletion, some remain because {@link #purge} failed. A
	 * missing event is no reason to delete: it may be about to be restored from a backup.
	 * A tombstone is final, so reads for display are sufficient.
	 */
	Mono<Void> purgeDeletedEvents(Instant now) {
		SealedRegistrations registrations = new SealedRegistrations(this.collections);
		return Flux
			.from(this.collections.forDisplay()
				.events()
				.find(Filters.and(Filters.lt(EventDocument.DELETED_AT, Date.from(now.minus(PURGE_DELAY))),
						Filters.exists(EventDocument.CLEARED, false)))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID))
			.concatMap((event) -> registrations.deleteOf(List.of(event)).then(markCleared(event)))
			.then();
	}

	/**
	 * Deletes the sealed registrations of a deleted event if its tombstone exists.
	 * Without a tombstone there are none, and an event created later under the same id
	 * could lose its own.
	 */
	Mono<Void> purge(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.find(Filters.and(Filters.eq(EventDocument.ID, event), Filters.exists(EventDocument.DELETED_AT)))
				.projection(Projections.include(EventDocument.ID)))
			.flatMap((tombstone) -> new SealedRegistrations(this.collections).deleteOf(List.of(event)));
	}

	private Mono<Void> markCleared(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.updateOne(Filters.and(Filters.eq(EventDocument.ID, event), Filters.exists(EventDocument.DELETED_AT)),
						Updates.set(EventDocument.CLEARED, true)))
			.then();
	}

}
