package dev.lastseat.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Tells from memory who may have an entry on a sealed page, so that a booking of anybody
 * else needs no read before its write. It holds on to the events that were asked about
 * last, as far as they fit into a part of the heap.
 */
final class SealedUsers {

	/** The part of the heap that it takes at most: one of so many. */
	private static final int HEAP_PARTS = 16;

	private static final int BYTES_FOR_EACH = 4;

	/** Users whom there would be room for in place of a filter that has none. */
	private static final int OVERHEAD = 64;

	/** Registrations that are learnt of by one read, which takes some milliseconds. */
	private static final int BATCH = 10_000;

	private final MongoCollections collections;

	private final long maxUsers;

	private final Cache<ObjectId, SealedFilter> filters;

	SealedUsers(MongoCollections collections) {
		this(collections, Runtime.getRuntime().maxMemory() / HEAP_PARTS / BYTES_FOR_EACH);
	}

	/**
	 * @param maxUsers of all events that there is room for
	 */
	SealedUsers(MongoCollections collections, long maxUsers) {
		this.collections = collections;
		this.maxUsers = maxUsers;
		// One segment, so that one event may take all of the room.
		this.filters = CacheBuilder.newBuilder()
			.concurrencyLevel(1)
			.maximumWeight(maxUsers)
			.<ObjectId, SealedFilter>weigher((event, filter) -> OVERHEAD + filter.capacity())
			.build();
	}

	/**
	 * @return those of the users who may have an entry below a page: all others have
	 * none; empty when it has to be asked
	 */
	Optional<Set<String>> among(ObjectId event, Collection<String> users, int belowPage) {
		return Optional.ofNullable(this.filters.getIfPresent(event))
			.filter((filter) -> filter.covers(belowPage))
			.map((filter) -> users.stream().filter(filter::mayHold).collect(Collectors.toSet()));
	}

	/**
	 * Storage had to be asked.
	 * @return whether it is time to {@linkplain #learn learn}
	 */
	boolean worthLearning(ObjectId event, int belowPage) {
		return filter(event).worthLearning(belowPage);
	}

	/**
	 * Finds out who was sealed that is not known yet, unless they are too many. The event
	 * is read first: the entries of the pages that it has left are all there. What was
	 * learnt before a failure is kept.
	 */
	Mono<Void> learn(ObjectId event) {
		SealedFilter filter = filter(event);
		return Mono
			.from(this.collections.events()
				.find(Filters.eq(EventDocument.ID, event))
				.projection(Projections.include(EventDocument.PAGE, EventDocument.SEALED)))
			.filter((found) -> hasRoomFor(EventDocument.count(found, EventDocument.SEALED)))
			.flatMap((found) -> learn(event, filter, EventDocument.count(found, EventDocument.SEALED))
				.then(Mono.fromRunnable(() -> {
					filter.coversAllBelow(EventDocument.count(found, EventDocument.PAGE));
					filter.learnt();
					weigh(event, filter);
				})))
			.doOnError((fault) -> filter.learnt())
			.then();
	}

	/** A filter may have twice the room that it needs. */
	private boolean hasRoomFor(int users) {
		return 2L * users <= this.maxUsers;
	}

	private Mono<Void> learn(ObjectId event, SealedFilter filter, int sealed) {
		Entries entries = new Entries(this.collections);
		return Mono.defer(() -> {
			int from = filter.sealed();
			int to = Math.min(from + BATCH, sealed);
			return entries.users(event, from, to).collectList().doOnNext((users) -> filter.add(users, to));
		}).repeat(() -> filter.sealed() < sealed).then();
	}

	/**
	 * A page was opened when these users had got their entries.
	 * @param chores what there was to do about the event before
	 */
	void sealed(Chores chores, List<String> users) {
		SealedFilter filter = filter(chores.event());
		if (filter.covers(chores.page())) {
			filter.add(users, chores.sealed() + users.size());
			filter.coversAllBelow(chores.page() + 1);
			weigh(chores.event(), filter);
		}
	}

	void forget(ObjectId event) {
		this.filters.invalidate(event);
	}

	private SealedFilter filter(ObjectId event) {
		return this.filters.asMap().computeIfAbsent(event, (id) -> new SealedFilter());
	}

	/** What has been put is weighed when it is put again. */
	private void weigh(ObjectId event, SealedFilter filter) {
		this.filters.put(event, filter);
	}

}
