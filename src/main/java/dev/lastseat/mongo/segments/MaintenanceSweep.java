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
 * Finds what was left undone, and deletes what nobody needs any more.
 */
public final class MaintenanceSweep {

	/** How late an entry may come after its event was deleted: far less than this. */
	private static final Duration LATE = Duration.ofDays(1);

	/** A pair that is there has a user, and a user a name. */
	public static final String RELEASED_USER = EventDocument.RELEASED + "." + SealedRegistration.USER;

	private final MongoCollections collections;

	public MaintenanceSweep(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * The events of which something is on the way out, or given back and not marked.
	 */
	public Flux<ObjectId> events() {
		return Flux
			.from(this.collections.forDisplay()
				.events()
				.find(Filters.or(Filters.exists(EventDocument.SEALING), Filters.gt(RELEASED_USER, "")))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID));
	}

	/**
	 * Deletes, a day after the deletion of an event, the entries that came late or that
	 * the deletion has left. Only what is marked as deleted counts: an event that is not
	 * there may be about to be restored from a backup.
	 */
	public Mono<Void> remains(Instant now) {
		SealedRegistrations entries = new SealedRegistrations(this.collections);
		return Flux
			.from(this.collections.forDisplay()
				.events()
				.find(Filters.and(Filters.lt(EventDocument.DELETED_AT, Date.from(now.minus(LATE))),
						Filters.exists(EventDocument.CLEARED, false)))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID))
			.concatMap((event) -> entries.deleteOf(List.of(event)).then(cleared(event)))
			.then();
	}

	/**
	 * Deletes the entries of an event that was deleted, if its remains keep its id from
	 * being used again: else there are none, and an event that is created under the id
	 * could lose its own.
	 */
	public Mono<Void> entriesOfDeleted(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.find(Filters.and(Filters.eq(EventDocument.ID, event), Filters.exists(EventDocument.DELETED_AT)))
				.projection(Projections.include(EventDocument.ID)))
			.flatMap((remains) -> new SealedRegistrations(this.collections).deleteOf(List.of(event)));
	}

	private Mono<Void> cleared(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.updateOne(Filters.and(Filters.eq(EventDocument.ID, event), Filters.exists(EventDocument.DELETED_AT)),
						Updates.set(EventDocument.CLEARED, true)))
			.then();
	}

}
