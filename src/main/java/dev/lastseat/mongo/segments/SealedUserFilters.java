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
 * The {@linkplain SealedUserFilter filters} of the events that were used last. A booking
 * by a user that certainly has no sealed registration needs no read before its write. The
 * memory of all filters together is limited to a part of the heap.
 */
final class SealedUserFilters {

	/** The filters take at most this fraction of the heap: 1/16. */
	private static final int HEAP_FRACTION = 16;

	/** 29 bits, rounded up. */
	private static final int BYTES_PER_USER = 4;

	/** Memory of a filter without users, as the number of users that take as much. */
	private static final int OVERHEAD = 64;

	/** Registrations that one read loads. It takes some milliseconds. */
	private static final int REGISTRATIONS_PER_READ = 10_000;

	private final MongoCollections collections;

	private final long maxUsers;

	private final Cache<ObjectId, SealedUserFilter> filters;

	SealedUserFilters(MongoCollections collections) {
		this(collections, Runtime.getRuntime().maxMemory() / HEAP_FRACTION / BYTES_PER_USER);
	}

	/**
	 * @param maxUsers limit for all events together
	 */
	SealedUserFilters(MongoCollections collections, long maxUsers) {
		this.collections = collections;
		this.maxUsers = maxUsers;
		// Concurrency level 1 lets one event use the whole limit: the cache divides the
		// limit by the level.
		this.filters = CacheBuilder.newBuilder()
			.concurrencyLevel(1)
			.maximumWeight(maxUsers)
			.<ObjectId, SealedUserFilter>weigher((event, filter) -> OVERHEAD + filter.capacity())
			.build();
	}

	/**
	 * @return the users that may have a registration in a segment below this one: all
	 * other users certainly have none. Empty if the users of these segments are not
	 * loaded
	 */
	Optional<Set<String>> possiblySealed(ObjectId event, Collection<String> users, int belowSegment) {
		return Optional.ofNullable(this.filters.getIfPresent(event))
			.filter((filter) -> filter.covers(belowSegment))
			.map((filter) -> users.stream().filter(filter::mightContain).collect(Collectors.toSet()));
	}

	/**
	 * Counts a read of storage that was necessary because the users are not loaded.
	 * @return whether to {@linkplain #load load} them now
	 */
	boolean countMiss(ObjectId event, int belowSegment) {
		return filter(event).countMiss(belowSegment);
	}

	/**
	 * Adds the sealed users that are missing. The event is read first, since the
	 * registrations of the segments below its open one are complete. After a failure the
	 * next load continues with what was added. If there are more users than the limit
	 * allows, nothing is loaded and {@link #countMiss} requests no further load.
	 */
	Mono<Void> load(ObjectId event) {
		SealedUserFilter filter = filter(event);
		return Mono
			.from(this.collections.events()
				.find(Filters.eq(EventDocument.ID, event))
				.projection(Projections.include(EventDocument.SEGMENT, EventDocument.SEALED_COUNT)))
			.filter((found) -> hasRoomFor(EventDocument.count(found, EventDocument.SEALED_COUNT)))
			.flatMap((found) -> load(event, filter, EventDocument.count(found, EventDocument.SEALED_COUNT))
				.then(Mono.fromRunnable(() -> {
					filter.coverBelow(EventDocument.count(found, EventDocument.SEGMENT));
					filter.loadEnded();
					updateWeight(event, filter);
				})))
			.doOnError((fault) -> filter.loadEnded())
			.then();
	}

	/** The capacity of a filter is up to twice the number of its users. */
	private boolean hasRoomFor(int users) {
		return 2L * users <= this.maxUsers;
	}

	/**
	 * Reads nothing if the users were sealed here since the miss.
	 */
	private Mono<Void> load(ObjectId event, SealedUserFilter filter, int sealedCount) {
		SealedRegistrations registrations = new SealedRegistrations(this.collections);
		return Mono.defer(() -> {
			int from = filter.sealedCount();
			int to = Math.min(from + REGISTRATIONS_PER_READ, sealedCount);
			return (from >= to) ? Mono.empty()
					: registrations.users(event, from, to).collectList().doOnNext((users) -> filter.add(users, to));
		}).repeat(() -> filter.sealedCount() < sealedCount).then();
	}

	/**
	 * A segment was sealed: the registrations of these users were inserted, and the next
	 * segment was opened.
	 * @param state the state before
	 */
	void sealed(SegmentState state, List<String> users) {
		SealedUserFilter filter = filter(state.event());
		if (filter.covers(state.segment())) {
			filter.add(users, state.sealed() + users.size());
			filter.coverBelow(state.segment() + 1);
			updateWeight(state.event(), filter);
		}
	}

	void forget(ObjectId event) {
		this.filters.invalidate(event);
	}

	private SealedUserFilter filter(ObjectId event) {
		return this.filters.asMap().computeIfAbsent(event, (id) -> new SealedUserFilter());
	}

	/** The cache weighs a value only when it is put. */
	private void updateWeight(ObjectId event, SealedUserFilter filter) {
		this.filters.put(event, filter);
	}

}
