package dev.lastseat.mongo.segments;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.lastseat.mongo.EventDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * Entries of the journal of an event that were moved together from its document to the
 * collection {@value #COLLECTION}. A segment is inserted once, and never changed. Its id
 * contains the position, so a late or repeated insert finds it and changes nothing.
 *
 * @param before number of entries of the journal before the first entry in the list
 * @param texts entries in their order
 */
public record JournalSegment(ObjectId event, long before, List<String> texts) {

	public static final String COLLECTION = "journal";

	public static final String EVENT = "e";

	/** The position of the last entry. */
	public static final String LAST = "last";

	/** A segment has some hundred entries, so one or two contain a page of a list. */
	private static final int SEGMENTS_PER_REPLY = 2;

	private static final String ID = "_id";

	private static final String BEFORE = "n";

	private static final String TEXTS = "entries";

	/**
	 * The aggregation that reads entries between two positions, as parts of segments in
	 * their order. The server sends these entries only.
	 * @param after number of entries before the first one
	 * @param upTo the position of the last entry of a segment
	 * @param limit maximum number of entries of each segment
	 */
	public static List<Bson> query(ObjectId event, long after, long upTo, int limit) {
		Document before = new Document("$max", List.of(after, "$" + ID + "." + BEFORE));
		Document skipped = new Document("$subtract", List.of(before, "$" + ID + "." + BEFORE));
		Document fields = new Document(EVENT, 1).append(BEFORE, before)
			.append(TEXTS, new Document("$slice", List.of("$" + TEXTS, skipped, limit)));
		return List.of(
				Aggregates
					.match(Filters.and(Filters.eq(EVENT, event), Filters.gt(LAST, after), Filters.lte(LAST, upTo))),
				Aggregates.sort(Sorts.ascending(LAST)), Aggregates.limit(SEGMENTS_PER_REPLY),
				Aggregates.project(fields));
	}

	/** A part of a segment as {@link #query} returns it. */
	public static JournalSegment of(Document answer) {
		return new JournalSegment(answer.getObjectId(EVENT), answer.get(BEFORE, Number.class).longValue(),
				EventDocument.list(answer, TEXTS, String.class));
	}

	Document toDocument() {
		return new Document(ID, new Document(EVENT, this.event).append(BEFORE, this.before)).append(EVENT, this.event)
			.append(LAST, this.before + this.texts.size())
			.append(TEXTS, this.texts);
	}

}
