package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.RELEASED;

/**
 * Does what there is to do about the pages of an event, whoever has left it to be done:
 * marks entries that were given back, finishes what was begun, and seals what is full.
 */
final class Upkeep {

	private final MongoCollections collections;

	private final PageSize size;

	private final SealedUsers users;

	/**
	 * @param users is told of whom it seals
	 */
	Upkeep(MongoCollections collections, PageSize size, SealedUsers users) {
		this.collections = collections;
		this.size = size;
		this.users = users;
	}

	/**
	 * Goes on until nothing is left, or somebody else is at it.
	 */
	Mono<Void> of(ObjectId event, PageMemory memory) {
		return Mono.defer(() -> Mono.from(this.collections.events().aggregate(Chores.query(event, this.size))))
			.map(Chores::of)
			.doOnNext((chores) -> remember(chores, memory))
			.flatMap((chores) -> cleanUp(chores).then(seal(chores)))
			.defaultIfEmpty(false)
			.repeat()
			.takeWhile(Boolean::booleanValue)
			.then();
	}

	private static void remember(Chores chores, PageMemory memory) {
		memory.turnTo(chores.page());
		memory.holds(chores.length(), chores.length() + chores.sealing().size());
	}

	/**
	 * An entry is marked before it leaves the list, so that there is no moment at which
	 * it counts again.
	 */
	private Mono<Void> cleanUp(Chores chores) {
		List<Document> released = chores.released();
		return released.isEmpty() ? Mono.empty()
				: new Entries(this.collections).release(chores.event(), released)
					.then(Mono.from(this.collections.events()
						.updateOne(Filters.and(Filters.eq(ID, chores.event()), Filters.in(RELEASED, released)),
								Updates.combine(Updates.pullAll(RELEASED, released), Updates.inc(CLEANUPS, 1)))))
					.then();
	}

	/**
	 * @return whether there may be more to do
	 */
	private Mono<Boolean> seal(Chores chores) {
		if (!chores.sealing().isEmpty()) {
			return finish(chores, chores.sealing());
		}
		return chores.oldest().isEmpty() ? Mono.just(false) : new Sealing(this.collections).begin(chores)
			.flatMap((begun) -> begun ? finish(chores, chores.oldest()) : Mono.just(false));
	}

	private Mono<Boolean> finish(Chores chores, List<String> sealing) {
		return new Sealing(this.collections).finish(chores, sealing).doOnNext((opened) -> {
			if (opened) {
				this.users.sealed(chores, sealing);
			}
		}).thenReturn(true);
	}

}
