package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

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
public final class EventDocument {

	public static final String COLLECTION = "events";

	public static final String ID = "_id";

	public static final String TITLE = "title";

	public static final String DESCRIPTION = "description";

	public static final String STARTS_AT = "starts_at";

	public static final String ENDS_AT = "ends_at";

	public static final String CAPACITY = "capacity";

	public static final String TICKETS_SOLD = "tickets_sold";

	public static final String REGISTRATION_IDS = "registration_ids";

	/** The number of the open segment, which is {@link #REGISTRATION_IDS}. */
	public static final String SEGMENT = "segment";

	/**
	 * How many registrations have left with earlier segments, whatever became of them.
	 */
	public static final String SEALED_COUNT = "sealed_count";

	/** Who is on the way out of the document, as the segment {@link #SEGMENT}. */
	public static final String SEALING = "sealing";

	/** Pairs of user and segment: sealed, given back, and not marked as such yet. */
	public static final String RELEASED = "released";

	/** How often something was taken out of {@link #RELEASED}. */
	public static final String CLEANUPS = "cleanups";

	public static final String REVISION = "revision";

	public static final String CREATED_AT = "created_at";

	/**
	 * When the event was deleted. Only what is left of a deleted event has it: see
	 * {@link #tombstone}.
	 */
	public static final String DELETED_AT = "deleted_at";

	/** In an expression: an array that is not there while it is empty. */
	public static final Document SEALING_OR_EMPTY = new Document("$ifNull", List.of("$" + SEALING, List.of()));

	/**
	 * In an expression: who is registered in the document itself, in order of booking.
	 */
	public static final Document USERS_IN_DOCUMENT = new Document("$concatArrays",
			List.of(SEALING_OR_EMPTY, "$" + REGISTRATION_IDS));

	/** What is read of an event wherever nobody asked who is registered. */
	public static final Bson WITHOUT_REGISTRATIONS = Projections.exclude(REGISTRATION_IDS, SEALING, RELEASED);

	private EventDocument() {
	}

	public static Document of(ObjectId id, EventDraft draft, Instant createdAt) {
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

	/** Of the remains: no more entries of the event are to be expected. */
	public static final String CLEARED = "cleared";

	/**
	 * Matches the event of an id, and not the remains of a deleted one.
	 */
	public static Document existing(ObjectId event) {
		return new Document(ID, event).append(DELETED_AT, null);
	}

	/**
	 * What is left of a deleted event with sealed registrations, so that its id is not
	 * used again: registrations sealed late, and what processes remember, would be taken
	 * for those of the new event. It has no seats, so no booking matches it.
	 */
	public static Document tombstone(ObjectId event, Instant deletedAt) {
		return new Document(ID, event).append(CAPACITY, 0)
			.append(TICKETS_SOLD, 0)
			.append(DELETED_AT, Date.from(deletedAt));
	}

	public static Event toEvent(Document document) {
		return new Event(new EventId(document.getObjectId(ID).toHexString()), document.getString(TITLE),
				document.getString(DESCRIPTION), document.getDate(STARTS_AT).toInstant(), instant(document, ENDS_AT),
				number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(),
				number(document, REVISION).longValue(), document.getDate(CREATED_AT).toInstant());
	}

	public static EventStatus toStatus(Document document) {
		return new EventStatus(new EventId(document.getObjectId(ID).toHexString()),
				number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(),
				number(document, REVISION).longValue());
	}

	/**
	 * @param sealed who has left the document and is registered
	 */
	public static Ledger toLedger(Document document, List<String> sealed) {
		List<UserId> users = Stream
			.of(sealed, list(document, SEALING, String.class), list(document, REGISTRATION_IDS, String.class))
			.flatMap(List::stream)
			.map(UserId::new)
			.toList();
		return new Ledger(number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(), users);
	}

	/**
	 * Reads a number of whatever width it was stored in: tools and shells write doubles
	 * and longs where we write integers.
	 */
	public static Number number(Document document, String field) {
		return document.get(field, Number.class);
	}

	/**
	 * Reads a counter that is not there before it counts anything.
	 */
	public static int count(Document document, String field) {
		Number count = document.get(field, Number.class);
		return (count != null) ? count.intValue() : 0;
	}

	/**
	 * What such a counter has to match to stand where it was read.
	 */
	public static Object equalTo(int count) {
		return (count > 0) ? count : new Document("$in", Arrays.asList(null, 0));
	}

	/**
	 * Reads an array that is not there while it is empty.
	 */
	public static <T> List<T> list(Document document, String field, Class<T> type) {
		return document.getList(field, type, List.of());
	}

	private static @Nullable Instant instant(Document document, String field) {
		Date date = document.getDate(field);
		return (date != null) ? date.toInstant() : null;
	}

}
