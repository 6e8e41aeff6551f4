package dev.lastseat.mongo;

import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A registration that has left the event document, as the collection {@value #COLLECTION}
 * holds it. While its event lives it is inserted, marked as released, and never deleted:
 * so no insert that comes late, or once more, brings a registration back.
 *
 * @param page with which it left. It counts when that is below the event's page, it is
 * not released, and the event does not list it as released either
 * @param ordinal how many entries of the event come before it, in the order of booking
 */
record Entry(ObjectId event, String user, int page, int ordinal, boolean released) {

	static final String COLLECTION = "registrations";

	static final String ID = "_id";

	static final String EVENT = "e";

	static final String USER = "u";

	static final String ORDINAL = "n";

	static final String RELEASED = "released";

	private static final String PAGE = "p";

	static Entry of(Document document) {
		return new Entry(document.getObjectId(EVENT), document.getString(USER),
				EventDocument.count(document.get(ID, Document.class), PAGE), EventDocument.count(document, ORDINAL),
				document.getBoolean(RELEASED, false));
	}

	Document toDocument() {
		return new Document(ID, id(this.event, pair())).append(EVENT, this.event)
			.append(USER, this.user)
			.append(ORDINAL, this.ordinal);
	}

	/** What the event lists of it while it is given back, and not marked yet. */
	Document pair() {
		return new Document(USER, this.user).append(EventDocument.PAGE, this.page);
	}

	/**
	 * @param pair of user and page
	 */
	static Document id(ObjectId event, Document pair) {
		return new Document(EVENT, event).append(USER, pair.getString(USER))
			.append(PAGE, EventDocument.count(pair, EventDocument.PAGE));
	}

}
