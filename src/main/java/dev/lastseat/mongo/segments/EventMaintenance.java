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
 * Maintains the document of one event: marks released registrations, finishes a move of
 * the journal and a sealing that any process has begun, moves the journal if it is long,
 * and seals registrations while the open segment is full.
 */
final class EventMaintenance {

	private final MongoCollections collections;

	private final SegmentSize size;

	private final SealedUserFilters sealedUsers;

	/**
	 * @param sealedUsers receives the users that are sealed here
	 */
	EventMaintenance(MongoCollections collections, SegmentSize size, SealedUserFilters sealedUsers) {
		this.collections = collections;
		this.size = size;
		this.sealedUsers = sealedUsers;
	}

	/**
	 * Repeats until nothing is left to do, or until another process does it. Lazy.
	 */
	Mono<Void> maintain(ObjectId event, SegmentMemory memory) {
		return Mono.defer(() -> Mono.from(this.collections.events().aggregate(SegmentState.query(event, this.size))))
			.map(SegmentState::of)
			.doOnNext((state) -> updateMemory(memory, state))
			.flatMap((state) -> cleanUp(state).then(moveJournal(state))
				.flatMap((moved) -> seal(state).map((sealed) -> moved || sealed)))
			.defaultIfEmpty(false)
			.repeat()
			.takeWhile(Boolean::booleanValue)
			.then();
	}

	private static void updateMemory(SegmentMemory memory, SegmentState state) {
		memory.updateSegment(state.segment());
		memory.updateLength(state.length(), state.length() + state.sealing().size());
		memory.updateJournal(state.journal(), state.journal() + state.journalMoving());
	}

	/**
	 * Marks released registrations, then removes them from the list in the event
	 * document. This order matters: in the other order they would count again between the
	 * two writes.
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
	 * @return whether to read the state again: there may be more to do
	 */
	private Mono<Boolean> moveJournal(SegmentState state) {
		JournalMove move = new JournalMove(this.collections);
		Mono<Boolean> begun = (state.journalMoving() > 0) ? Mono.just(true) : (state.journal() < this.size.journal())
				? Mono.just(false) : move.begin(state.event(), this.size.journal());
		return begun.filter(Boolean::booleanValue)
			.delayUntil((moving) -> move.finish(state.event()))
			.defaultIfEmpty(false);
	}

	/**
	 * @return whether to read the state again: there may be more to do
	 */
	private Mono<Boolean> seal(SegmentState state) {
		if (!state.sealing().isEmpty()) {
			return finish(state, state.sealing());
		}
		return state.oldest().isEmpty() ? Mono.just(false) : new SealingSteps(this.collections).begin(state)
			.flatMap((begun) -> begun ? finish(state, state.oldest()) : Mono.just(false));
	}

	private Mono<Boolean> finish(SegmentState state, List<String> users) {
		return new SealingSteps(this.collections).finish(state, users).doOnNext((opened) -> {
			if (opened) {
				this.sealedUsers.sealed(state, users);
			}
		}).thenReturn(true);
	}

}
