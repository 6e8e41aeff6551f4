package dev.lastseat.mongo.segments;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.mongo.EventDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALED_COUNT;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;

/**
 * What there is to do about the segments of an event.
 *
 * @param segment the number of the open segment
 * @param sealed how many registrations have left with earlier segments
 * @param sealing who is on the way out
 * @param released the pairs that are not marked yet
 * @param length of the open segment
 * @param oldest who is to go next; nobody while the open segment is not full
 */
public record SegmentState(ObjectId event, int segment, int sealed, List<String> sealing, List<Document> released,
		int length, List<String> oldest) {

	private static final String LENGTH = "length";

	private static final String OLDEST = "oldest";

	/**
	 * The aggregation that finds out. Nobody's name is sent who has not to be moved.
	 */
	public static List<Bson> query(ObjectId event, SegmentSize size) {
		Document length = new Document("$size", "$" + REGISTRATION_IDS);
		Document full = new Document("$gte", List.of(length, size.full()));
		Document oldest = new Document("$cond", List.of(full, oldest(size.registrations()), List.of()));
		return List.of(Aggregates.match(EventDocument.existing(event)),
				Aggregates.project(Projections.fields(Projections.include(SEGMENT, SEALED_COUNT, SEALING, RELEASED),
						Projections.computed(LENGTH, length), Projections.computed(OLDEST, oldest))));
	}

	/** In an expression: who has been on the open segment for longest. */
	public static Document oldest(int count) {
		return new Document("$slice", List.of("$" + REGISTRATION_IDS, count));
	}

	public static SegmentState of(Document answer) {
		return new SegmentState(answer.getObjectId(EventDocument.ID), EventDocument.count(answer, SEGMENT),
				EventDocument.count(answer, SEALED_COUNT), EventDocument.list(answer, SEALING, String.class),
				EventDocument.list(answer, RELEASED, Document.class), EventDocument.count(answer, LENGTH),
				EventDocument.list(answer, OLDEST, String.class));
	}

}
