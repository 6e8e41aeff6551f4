package dev.lastseat.mongo.segments;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.MongoCollections;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Tells from memory who may have an entry on a sealed segment, so that a booking of
 * anybody else needs no read before its write. It holds on to the events that were asked
 * about last, as far as they fit into a part of the heap.
 */
public final class SealedUserFilters {

	/** The part of the heap that it takes at most: one of so many. */
	private static final int HEAP_PARTS = 16;

	private static final int BYTES_FOR_EACH = 4;

	/** Users whom there would be room for in place of a filter that has none. */
	private static final int OVERHEAD = 64;

	/** Registrations that are learnt of by one read, which takes some milliseconds. */
	private static final int BATCH = 10_000;

	private final MongoCollections collections;

	private final long maxUsers;

	private final Cache<ObjectId, SealedUserFilter> filters;

	public SealedUserFilters(MongoCollections collections) {
		this(collections, Runtime.getRuntime().maxMemory() / HEAP_PARTS / BYTES_FOR_EACH);
	}

	/**
	 * @param maxUsers of all events that there is room for
	 */
	public SealedUserFilters(MongoCollections collections, long maxUsers) {
		this.collections = collections;
		this.maxUsers = maxUsers;
		// One segment, so that one event may take all of the room.
		this.filters = CacheBuilder.newBuilder()
			.concurrencyLevel(1)
			.maximumWeight(maxUsers)
			.<ObjectId, SealedUserFilter>weigher((event, filter) -> OVERHEAD + filter.capacity())
			.build();
	}

	/**
	 * @return those of the users who may have an entry below a segment: all others have
	 * none; empty when it has to be asked
	 */
	public Optional<Set<String>> possiblySealed(ObjectId event, Collection<String> users, int belowSegment) {
		return Optional.ofNullable(this.filters.getIfPresent(event))
			.filter((filter) -> filter.covers(belowSegment))
			.map((filter) -> users.stream().filter(filter::mightContain).collect(Collectors.toSet()));
	}

	/**
	 * Storage had to be asked.
	 * @return whether it is time to {@linkplain #load load}
	 */
	public boolean countMiss(ObjectId event, int belowSegment) {
		return filter(event).countMiss(belowSegment);
	}

	/**
	 * Finds out who was sealed that is not known yet, unless they are too many. The event
	 * is read first: the entries of the segments that it has left are all there. What was
	 * learnt before a failure is kept.
	 */
	public Mono<Void> load(ObjectId event) {
		SealedUserFilter filter = filter(event);
		return Mono
			.from(this.collections.events()
				.find(Filters.eq(EventDocument.ID, event))
				.projection(Projections.include(EventDocument.SEGMENT, EventDocument.SEALED_COUNT)))
			.filter((found) -> hasRoomFor(EventDocument.count(found, EventDocument.SEALED_COUNT)))
			.flatMap((found) -> load(event, filter, EventDocument.count(found, EventDocument.SEALED_COUNT))
				.then(Mono.fromRunnable(() -> {
					filter.coverBelow(EventDocument.count(found, EventDocument.SEGMENT));
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

	private Mono<Void> load(ObjectId event, SealedUserFilter filter, int sealed) {
		SealedRegistrations entries = new SealedRegistrations(this.collections);
		return Mono.defer(() -> {
			int from = filter.sealedCount();
			int to = Math.min(from + BATCH, sealed);
			return entries.users(event, from, to).collectList().doOnNext((users) -> filter.add(users, to));
		}).repeat(() -> filter.sealedCount() < sealed).then();
	}

	/**
	 * A segment was opened when these users had got their entries.
	 * @param state what there was to do about the event before
	 */
	public void sealed(SegmentState state, List<String> users) {
		SealedUserFilter filter = filter(state.event());
		if (filter.covers(state.segment())) {
			filter.add(users, state.sealed() + users.size());
			filter.coverBelow(state.segment() + 1);
			weigh(state.event(), filter);
		}
	}

	public void forget(ObjectId event) {
		this.filters.invalidate(event);
	}

	private SealedUserFilter filter(ObjectId event) {
		return this.filters.asMap().computeIfAbsent(event, (id) -> new SealedUserFilter());
	}

	/** What has been put is weighed when it is put again. */
	private void weigh(ObjectId event, SealedUserFilter filter) {
		this.filters.put(event, filter);
	}

}
