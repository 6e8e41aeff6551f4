package dev.lastseat.mongo.segments;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.mongo.EventDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

import static dev.lastseat.mongo.EventDocument.JOURNAL;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVING;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALED_COUNT;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;

/**
 * The state of the segments of an event that maintenance needs.
 *
 * @param segment the number of the open segment
 * @param sealed the number of registrations that were sealed with earlier segments
 * @param sealing the users that are being sealed
 * @param released the keys of sealed registrations that are released and not marked yet
 * @param length of the open segment
 * @param oldest the users to seal next; empty while the open segment is not full
 * @param journal number of entries of the journal that no move has taken
 * @param journalMoving number of entries of the journal that are being moved
 */
record SegmentState(ObjectId event, int segment, int sealed, List<String> sealing, List<Document> released, int length,
		List<String> oldest, int journal, int journalMoving) {

	private static final String LENGTH = "length";

	private static final String OLDEST = "oldest";

	/**
	 * The aggregation that reads the state. The server sends only the users that must be
	 * moved. A tombstone has a state as well: its journal may be being moved.
	 */
	static List<Bson> query(ObjectId event, SegmentSize size) {
		Document length = size(REGISTRATION_IDS);
		Document full = new Document("$gte", List.of(length, size.full()));
		Document oldest = new Document("$cond", List.of(full, oldest(size.registrations()), List.of()));
		return List.of(Aggregates.match(Filters.eq(EventDocument.ID, event)),
				Aggregates.project(Projections.fields(Projections.include(SEGMENT, SEALED_COUNT, SEALING, RELEASED),
						Projections.computed(LENGTH, length), Projections.computed(OLDEST, oldest),
						Projections.computed(JOURNAL, size(JOURNAL)),
						Projections.computed(JOURNAL_MOVING, size(JOURNAL_MOVING)))));
	}

	private static Document size(String array) {
		return new Document("$size", new Document("$ifNull", List.of("$" + array, List.of())));
	}

	/** Expression: the first users of the open segment. */
	static Document oldest(int count) {
		return new Document("$slice", List.of("$" + REGISTRATION_IDS, count));
	}

	static SegmentState of(Document answer) {
		return new SegmentState(answer.getObjectId(EventDocument.ID), EventDocument.count(answer, SEGMENT),
				EventDocument.count(answer, SEALED_COUNT), EventDocument.list(answer, SEALING, String.class),
				EventDocument.list(answer, RELEASED, Document.class), EventDocument.count(answer, LENGTH),
				EventDocument.list(answer, OLDEST, String.class), EventDocument.count(answer, JOURNAL),
				EventDocument.count(answer, JOURNAL_MOVING));
	}

}
