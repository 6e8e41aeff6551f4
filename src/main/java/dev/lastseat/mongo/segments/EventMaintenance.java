package dev.lastseat.mongo.segments;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.lastseat.mongo.MongoCollections;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.RELEASED;

/**
 * Does what there is to do about the segments of an event, whoever has left it to be
 * done: marks entries that were given back, finishes what was begun, and seals what is
 * full.
 */
public final class EventMaintenance {

	private final MongoCollections collections;

	private final SegmentSize size;

	private final SealedUserFilters users;

	/**
	 * @param users is told of whom it seals
	 */
	public EventMaintenance(MongoCollections collections, SegmentSize size, SealedUserFilters users) {
		this.collections = collections;
		this.size = size;
		this.users = users;
	}

	/**
	 * Goes on until nothing is left, or somebody else is at it.
	 */
	public Mono<Void> maintain(ObjectId event, SegmentMemory memory) {
		return Mono.defer(() -> Mono.from(this.collections.events().aggregate(SegmentState.query(event, this.size))))
			.map(SegmentState::of)
			.doOnNext((state) -> remember(state, memory))
			.flatMap((state) -> cleanUp(state).then(seal(state)))
			.defaultIfEmpty(false)
			.repeat()
			.takeWhile(Boolean::booleanValue)
			.then();
	}

	private static void remember(SegmentState state, SegmentMemory memory) {
		memory.updateSegment(state.segment());
		memory.holds(state.length(), state.length() + state.sealing().size());
	}

	/**
	 * An entry is marked before it leaves the list, so that there is no moment at which
	 * it counts again.
	 */
	private Mono<Void> cleanUp(SegmentState state) {
		List<Document> released = state.released();
		return released.isEmpty() ? Mono.empty()
				: new SealedRegistrations(this.collections).release(state.event(), released)
					.then(Mono.from(this.collections.events()
						.updateOne(Filters.and(Filters.eq(ID, state.event()), Filters.in(RELEASED, released)),
								Updates.combine(Updates.pullAll(RELEASED, released), Updates.inc(CLEANUPS, 1)))))
					.then();
	}

	/**
	 * @return whether there may be more to do
	 */
	private Mono<Boolean> seal(SegmentState state) {
		if (!state.sealing().isEmpty()) {
			return finish(state, state.sealing());
		}
		return state.oldest().isEmpty() ? Mono.just(false) : new SealingSteps(this.collections).begin(state)
			.flatMap((begun) -> begun ? finish(state, state.oldest()) : Mono.just(false));
	}

	private Mono<Boolean> finish(SegmentState state, List<String> sealing) {
		return new SealingSteps(this.collections).finish(state, sealing).doOnNext((opened) -> {
			if (opened) {
				this.users.sealed(state, sealing);
			}
		}).thenReturn(true);
	}

}
