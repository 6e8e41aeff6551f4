package dev.lastseat.mongo.segments;

import dev.lastseat.mongo.EventDocument;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A registration that has left the event document, as the collection {@value #COLLECTION}
 * holds it. While its event lives it is inserted, marked as released, and never deleted:
 * so no insert that comes late, or once more, brings a registration back.
 *
 * @param segment with which it left. It counts when that is below the event's segment, it
 * is not released, and the event does not list it as released either
 * @param ordinal how many entries of the event come before it, in the order of booking
 */
public record SealedRegistration(ObjectId event, String user, int segment, int ordinal, boolean released) {

	public static final String COLLECTION = "registrations";

	public static final String ID = "_id";

	public static final String EVENT = "e";

	public static final String USER = "u";

	public static final String ORDINAL = "n";

	public static final String RELEASED = "released";

	private static final String SEGMENT = "s";

	public static SealedRegistration of(Document document) {
		return new SealedRegistration(document.getObjectId(EVENT), document.getString(USER),
				EventDocument.count(document.get(ID, Document.class), SEGMENT), EventDocument.count(document, ORDINAL),
				document.getBoolean(RELEASED, false));
	}

	public Document toDocument() {
		return new Document(ID, id(this.event, key())).append(EVENT, this.event)
			.append(USER, this.user)
			.append(ORDINAL, this.ordinal);
	}

	/** What the event lists of it while it is given back, and not marked yet. */
	public Document key() {
		return new Document(USER, this.user).append(EventDocument.SEGMENT, this.segment);
	}

	/**
	 * @param key of user and segment
	 */
	public static Document id(ObjectId event, Document key) {
		return new Document(EVENT, event).append(USER, key.getString(USER))
			.append(SEGMENT, EventDocument.count(key, EventDocument.SEGMENT));
	}

}
