package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds what was left undone, and deletes what nobody needs any more.
 */
final class Sweep {

	/** Events that are looked up at once. */
	private static final int BATCH = 1_000;

	/** A pair that is there has a user, and a user a name. */
	static final String RELEASED_USER = EventDocument.RELEASED + "." + Entry.USER;

	private final MongoCollections collections;

	Sweep(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * The events of which something is on the way out, or given back and not marked.
	 */
	Flux<ObjectId> events() {
		return Flux
			.from(this.collections.shown()
				.events()
				.find(Filters.or(Filters.exists(EventDocument.SEALING), Filters.gt(RELEASED_USER, "")))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID));
	}

	/**
	 * Deletes the entries of events that there are no more: what a deletion has left, or
	 * a sealing that came late. No event comes back.
	 */
	Mono<Void> orphans() {
		Entries entries = new Entries(this.collections);
		return entries.events().buffer(BATCH).concatMap(this::gone).concatMap(entries::deleteOf).then();
	}

	private Mono<List<ObjectId>> gone(List<ObjectId> events) {
		return Flux
			.from(this.collections.events()
				.find(Filters.and(Filters.in(EventDocument.ID, events), Filters.eq(EventDocument.DELETED_AT, null)))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> found.getObjectId(EventDocument.ID))
			.collectList()
			.map((alive) -> events.stream().filter((event) -> !alive.contains(event)).toList())
			.filter((gone) -> !gone.isEmpty());
	}

}
