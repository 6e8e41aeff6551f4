package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

import static dev.lastseat.mongo.EventDocument.PAGE;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALED;
import static dev.lastseat.mongo.EventDocument.SEALING;

/**
 * What there is to do about the pages of an event.
 *
 * @param page the number of the open page
 * @param sealed how many registrations have left with earlier pages
 * @param sealing who is on the way out
 * @param released the pairs that are not marked yet
 * @param length of the open page
 * @param oldest who is to go next; nobody while the open page is not full
 */
record Chores(ObjectId event, int page, int sealed, List<String> sealing, List<Document> released, int length,
		List<String> oldest) {

	private static final String LENGTH = "length";

	private static final String OLDEST = "oldest";

	/**
	 * The aggregation that finds out. Nobody's name is sent who has not to be moved.
	 */
	static List<Bson> query(ObjectId event, PageSize size) {
		Document length = new Document("$size", "$" + REGISTRATION_IDS);
		Document full = new Document("$gte", List.of(length, size.full()));
		Document oldest = new Document("$cond", List.of(full, oldest(size.registrations()), List.of()));
		return List.of(Aggregates.match(EventDocument.existing(event)),
				Aggregates.project(Projections.fields(Projections.include(PAGE, SEALED, SEALING, RELEASED),
						Projections.computed(LENGTH, length), Projections.computed(OLDEST, oldest))));
	}

	/** In an expression: who has been on the open page for longest. */
	static Document oldest(int count) {
		return new Document("$slice", List.of("$" + REGISTRATION_IDS, count));
	}

	static Chores of(Document answer) {
		return new Chores(answer.getObjectId(EventDocument.ID), EventDocument.count(answer, PAGE),
				EventDocument.count(answer, SEALED), EventDocument.list(answer, SEALING, String.class),
				EventDocument.list(answer, RELEASED, Document.class), EventDocument.count(answer, LENGTH),
				EventDocument.list(answer, OLDEST, String.class));
	}

}
