package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Projections;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * How an event is written down in the collection {@value #COLLECTION}: the field names,
 * and the way from and to the core's types.
 */
final class EventDocument {

	static final String COLLECTION = "events";

	static final String ID = "_id";

	static final String TITLE = "title";

	static final String DESCRIPTION = "description";

	static final String STARTS_AT = "starts_at";

	static final String ENDS_AT = "ends_at";

	static final String CAPACITY = "capacity";

	static final String TICKETS_SOLD = "tickets_sold";

	static final String REGISTRATION_IDS = "registration_ids";

	static final String REVISION = "revision";

	static final String CREATED_AT = "created_at";

	/** What is read of an event wherever nobody asked who is registered. */
	static final Bson WITHOUT_REGISTRATIONS = Projections.exclude(REGISTRATION_IDS);

	private EventDocument() {
	}

	static Document of(ObjectId id, EventDraft draft, Instant createdAt) {
		return new Document(ID, id).append(TITLE, draft.title())
			.append(DESCRIPTION, draft.description())
			.append(STARTS_AT, Date.from(draft.startsAt()))
			.append(ENDS_AT, (draft.endsAt() != null) ? Date.from(draft.endsAt()) : null)
			.append(CAPACITY, draft.capacity())
			.append(TICKETS_SOLD, 0)
			.append(REGISTRATION_IDS, List.of())
			.append(REVISION, 0L)
			.append(CREATED_AT, Date.from(createdAt));
	}

	static Event toEvent(Document document) {
		return new Event(new EventId(document.getObjectId(ID).toHexString()), document.getString(TITLE),
				document.getString(DESCRIPTION), document.getDate(STARTS_AT).toInstant(), instant(document, ENDS_AT),
				number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(),
				number(document, REVISION).longValue(), document.getDate(CREATED_AT).toInstant());
	}

	static EventStatus toStatus(Document document) {
		return new EventStatus(new EventId(document.getObjectId(ID).toHexString()),
				number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(),
				number(document, REVISION).longValue());
	}

	static Ledger toLedger(Document document) {
		List<UserId> users = document.getList(REGISTRATION_IDS, String.class).stream().map(UserId::new).toList();
		return new Ledger(number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(), users);
	}

	/**
	 * Reads a number of whatever width it was stored in: tools and shells write doubles
	 * and longs where we write integers.
	 */
	static Number number(Document document, String field) {
		return document.get(field, Number.class);
	}

	private static @Nullable Instant instant(Document document, String field) {
		Date date = document.getDate(field);
		return (date != null) ? date.toInstant() : null;
	}

}
