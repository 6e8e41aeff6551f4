package dev.lastseat.mongo;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.PAGE;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.SEALED;
import static dev.lastseat.mongo.EventDocument.SEALING;

/**
 * Moves the oldest registrations of an event out of its document, in three steps. Each is
 * one that anybody may repeat, or leave to somebody else; at every point in between,
 * whoever is registered can be seen to be. Nothing changes that a client can see, so the
 * revision stays what it is.
 */
final class Sealing {

	private final MongoCollections collections;

	Sealing(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * The first step: the oldest are set apart, if they still are the oldest. From here
	 * on it is fixed who goes with this page, and in which order.
	 * @return whether they were set apart
	 */
	Mono<Boolean> begin(Chores chores) {
		List<String> oldest = chores.oldest();
		Document stillTheOldest = new Document("$eq",
				List.of(Chores.oldest(oldest.size()), new Document("$literal", oldest)));
		return update(openPage(chores, false).append("$expr", stillTheOldest), Updates
			.combine(Updates.pullByFilter(Filters.in(REGISTRATION_IDS, oldest)), Updates.set(SEALING, oldest)));
	}

	/**
	 * The second and the third: they get their entries, and the next page is open.
	 * @param sealing who was set apart
	 * @return whether the page was opened by this: somebody else may have done it
	 */
	Mono<Boolean> finish(Chores chores, List<String> sealing) {
		List<Entry> entries = IntStream.range(0, sealing.size())
			.mapToObj((index) -> new Entry(chores.event(), sealing.get(index), chores.page(), chores.sealed() + index,
					false))
			.toList();
		return new Entries(this.collections).insert(entries)
			.then(update(openPage(chores, true), Updates.combine(Updates.unset(SEALING),
					Updates.set(PAGE, chores.page() + 1), Updates.inc(SEALED, sealing.size()))));
	}

	/**
	 * Finishes what somebody has begun, be they gone or not.
	 */
	Mono<Void> finish(ObjectId event, PageSize size) {
		return Mono.from(this.collections.events().aggregate(Chores.query(event, size)))
			.map(Chores::of)
			.filter((chores) -> !chores.sealing().isEmpty())
			.flatMap((chores) -> finish(chores, chores.sealing()))
			.then();
	}

	private static Document openPage(Chores chores, boolean sealing) {
		return new Document(ID, chores.event()).append(PAGE, EventDocument.stillAt(chores.page()))
			.append(SEALING, new Document("$exists", sealing));
	}

	private Mono<Boolean> update(Bson guards, Bson update) {
		return Mono.from(this.collections.events().updateOne(guards, update))
			.map(UpdateResult::getMatchedCount)
			.map((matched) -> matched == 1);
	}

}
