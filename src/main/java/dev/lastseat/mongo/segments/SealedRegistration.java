package dev.lastseat.mongo.segments;

import dev.lastseat.mongo.EventDocument;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A registration that was moved from the event document to the collection
 * {@value #COLLECTION}. It is inserted, may be marked as released, and is not deleted
 * while its event exists. So a late or repeated insert cannot restore a released
 * registration: a document with its id exists.
 * <p>
 * It counts when three conditions are met: its segment is below the number of the event's
 * open segment, it is not marked as released, and the event document does not list it as
 * released.
 *
 * @param segment the number of the segment with which it was sealed
 * @param ordinal the number of registrations of the event that were sealed before it, in
 * the order of booking
 * @param released whether it is marked as released
 */
public record SealedRegistration(ObjectId event, String user, int segment, int ordinal, boolean released) {

	public static final String COLLECTION = "registrations";

	public static final String EVENT = "e";

	public static final String USER = "u";

	public static final String ORDINAL = "n";

	static final String ID = "_id";

	static final String RELEASED = "released";

	private static final String SEGMENT = "s";

	static SealedRegistration of(Document document) {
		return new SealedRegistration(document.getObjectId(EVENT), document.getString(USER),
				EventDocument.count(document.get(ID, Document.class), SEGMENT), EventDocument.count(document, ORDINAL),
				document.getBoolean(RELEASED, false));
	}

	Document toDocument() {
		return new Document(ID, id(this.event, key())).append(EVENT, this.event)
			.append(USER, this.user)
			.append(ORDINAL, this.ordinal);
	}

	/**
	 * Its key within the event: user and segment. The event document lists the keys of
	 * registrations that are released and not marked yet.
	 */
	public Document key() {
		return new Document(USER, this.user).append(EventDocument.SEGMENT, this.segment);
	}

	/** The value of {@code _id}. */
	static Document id(ObjectId event, Document key) {
		return new Document(EVENT, event).append(USER, key.getString(USER))
			.append(SEGMENT, EventDocument.count(key, EventDocument.SEGMENT));
	}

}
