package dev.lastseat.mongo.segments;

import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.MongoCollections;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.JOURNAL;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVED;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVING;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVING_SINCE;

/**
 * Moves the journal of an event out of its document, in three steps. Any process may
 * repeat a step or continue with the next one. After each step every entry can be read,
 * and its position is the same. Clients see no change, so the revision stays the same. A
 * deleted event keeps its journal, so its moves continue.
 */
final class JournalMove {

	private final MongoCollections collections;

	JournalMove(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * First step: moves all entries to the field {@value EventDocument#JOURNAL_MOVING},
	 * if there are enough. After that these entries are fixed.
	 * @param full the number of entries from which they are moved
	 * @return whether they were moved
	 */
	Mono<Boolean> begin(ObjectId event, int full) {
		Document enough = new Document(ID, event).append(JOURNAL + "." + (full - 1), new Document("$exists", true))
			.append(JOURNAL_MOVING, EventDocument.ABSENT);
		return update(enough, Updates.combine(Updates.rename(JOURNAL, JOURNAL_MOVING),
				Updates.set(JOURNAL_MOVING_SINCE, new Date())));
	}

	/** Second and third step. Does nothing without a move. */
	Mono<Void> finish(ObjectId event) {
		return moving(event).flatMap((segment) -> insert(segment).then(remove(segment))).then();
	}

	/**
	 * Reads the entries that are being moved. The state must be one that an election
	 * cannot roll back: otherwise the segment could contain entries that are rolled back
	 * after it is inserted.
	 * @return empty without a move
	 */
	Mono<JournalSegment> moving(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.find(Filters.and(Filters.eq(ID, event), Filters.exists(JOURNAL_MOVING)))
				.projection(Projections.include(JOURNAL_MOVING, JOURNAL_MOVED)))
			.map((found) -> new JournalSegment(event, EventDocument.journalMoved(found),
					EventDocument.list(found, JOURNAL_MOVING, String.class)));
	}

	/** Second step: inserts the entries, unless another process has done it. */
	Mono<Void> insert(JournalSegment segment) {
		return MissingDocuments.insert(this.collections.journal(), List.of(segment.toDocument()));
	}

	/**
	 * Third step: removes the inserted entries from the document. The number of moved
	 * entries identifies the move, because each move raises it.
	 * @return whether they were removed; another process may have done it
	 */
	Mono<Boolean> remove(JournalSegment segment) {
		Document moving = new Document(ID, segment.event())
			.append(JOURNAL_MOVED, EventDocument.equalTo(segment.before()))
			.append(JOURNAL_MOVING, new Document("$exists", true));
		return update(moving, Updates.combine(Updates.unset(JOURNAL_MOVING), Updates.unset(JOURNAL_MOVING_SINCE),
				Updates.inc(JOURNAL_MOVED, (long) segment.texts().size())));
	}

	private Mono<Boolean> update(Bson guards, Bson update) {
		return Mono.from(this.collections.events().updateOne(guards, update))
			.map(UpdateResult::getMatchedCount)
			.map((matched) -> matched == 1);
	}

}
