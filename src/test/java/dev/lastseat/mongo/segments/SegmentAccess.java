package dev.lastseat.mongo.segments;

import dev.lastseat.mongo.MongoCollections;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Opens this package to tests of other packages.
 */
public final class SegmentAccess {

	private SegmentAccess() {
	}

	/** Does all maintenance that the event needs, as a process that remembers nothing. */
	public static Mono<Void> maintain(MongoCollections collections, SegmentSize size, ObjectId event) {
		return maintain(collections, size, event, new SealedUserFilters(collections));
	}

	/**
	 * Does all maintenance that the event needs, and adds the sealed users to the filters
	 * of a process.
	 */
	static Mono<Void> maintain(MongoCollections collections, SegmentSize size, ObjectId event,
			SealedUserFilters users) {
		return new EventMaintenance(collections, size, users).maintain(event, new SegmentMemory(size));
	}

	/**
	 * Does all maintenance that the event needs, as the process with this maintenance.
	 */
	public static Mono<Void> maintain(MongoCollections collections, SegmentSize size, SegmentMaintenance maintenance,
			ObjectId event) {
		return maintain(collections, size, event, maintenance.sealedUsers());
	}

	/** The memory of a process that knows the number of the open segment. */
	public static SegmentMemory memory(SegmentSize size, int segment) {
		SegmentMemory memory = new SegmentMemory(size);
		memory.updateSegment(segment);
		return memory;
	}

	/** Loads the filter of the sealed users of the event. */
	public static Mono<Void> loadFilter(SegmentMaintenance maintenance, ObjectId event) {
		return maintenance.sealedUsers().load(event);
	}

}
