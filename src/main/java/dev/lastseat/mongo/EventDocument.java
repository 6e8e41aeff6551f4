package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The document of an event in the collection {@value #COLLECTION}: its field names and
 * its conversion from and to the types of the core.
 */
public final class EventDocument {

	static final String COLLECTION = "events";

	public static final String ID = "_id";

	static final String TITLE = "title";

	static final String DESCRIPTION = "description";

	static final String STARTS_AT = "starts_at";

	static final String ENDS_AT = "ends_at";

	static final String CAPACITY = "capacity";

	static final String TICKETS_SOLD = "tickets_sold";

	/** The time from which seats are sold. Absent or null without a beginning. */
	static final String SALES_OPEN_AT = "sales_open_at";

	/** The time from which no seats are sold. Absent or null without an end. */
	static final String SALES_CLOSE_AT = "sales_close_at";

	/** How long a hold lasts. Absent or null for the default. */
	static final String HOLD_SECONDS = "hold_seconds";

	/** The {@linkplain HoldFields holds}. Absent before the first one. */
	public static final String HOLDS = "holds";

	/** Number of holds. */
	static final String HELD = "held";

	/**
	 * A lower bound of the earliest end of a hold. Absent if there are no holds; it may
	 * remain for a while after the last one.
	 */
	static final String NEXT_EXPIRY = "next_expiry";

	/** How long an offer lasts. Absent or null for the default. */
	static final String OFFER_SECONDS = "offer_seconds";

	/**
	 * The users of the waiting list, in order of joining. Absent before the first one.
	 */
	public static final String WAITING = "waiting";

	/** Number of users in {@link #WAITING}, for reads that leave the list out. */
	static final String WAITING_COUNT = "waiting_count";

	/**
	 * The newest entries of the journal, as {@linkplain JournalLine text}, oldest first.
	 * Absent if there are none.
	 */
	public static final String JOURNAL = "journal";

	/** The entries before them, while they are moved to their own collection. */
	public static final String JOURNAL_MOVING = "journal_moving";

	/**
	 * The time at which the move of {@link #JOURNAL_MOVING} began. Absent without a move,
	 * so that an index finds the events with one.
	 */
	public static final String JOURNAL_MOVING_SINCE = "journal_moving_since";

	/**
	 * Number of entries that were moved to their own collection. The position of an entry
	 * in the document is this number, plus its index in {@link #JOURNAL_MOVING} and
	 * {@link #JOURNAL} together, plus one. So a write adds an entry without knowing its
	 * position.
	 */
	public static final String JOURNAL_MOVED = "journal_moved";

	public static final String REGISTRATION_IDS = "registration_ids";

	/** The number of the open segment. Its users are in {@link #REGISTRATION_IDS}. */
	public static final String SEGMENT = "segment";

	/** Number of registrations sealed with earlier segments, including released ones. */
	public static final String SEALED_COUNT = "sealed_count";

	/** Users that are being sealed, as the segment with the number {@link #SEGMENT}. */
	public static final String SEALING = "sealing";

	/** Keys of sealed registrations that are released and not marked as such yet. */
	public static final String RELEASED = "released";

	/** Number of times that keys were removed from {@link #RELEASED}. */
	public static final String CLEANUPS = "cleanups";

	static final String REVISION = "revision";

	static final String CREATED_AT = "created_at";

	/** The time of the deletion. Only a {@link #tombstone} has it. */
	public static final String DELETED_AT = "deleted_at";

	/** In a tombstone: the sealed registrations of the event are deleted. */
	public static final String CLEARED = "cleared";

	/** The user in the elements of {@link #RELEASED}. */
	public static final String RELEASED_USER = RELEASED + "." + SealedRegistration.USER;

	/**
	 * Expression: the users that are being sealed. The field is absent if there are none.
	 */
	static final Document SEALING_OR_EMPTY = new Document("$ifNull", List.of("$" + SEALING, List.of()));

	/** Expression: the number of holds. The field is absent before the first one. */
	static final Document HELD_OR_ZERO = new Document("$ifNull", List.of("$" + HELD, 0));

	/** Expression: the number of seats that are sold or held. */
	static final Document TAKEN_SEATS = new Document("$add", List.of("$" + TICKETS_SOLD, HELD_OR_ZERO));

	/** Condition: the field is absent. */
	public static final Document ABSENT = new Document("$exists", false);

	/** Expression: the users that the document contains, in the order of booking. */
	static final Document USERS_IN_DOCUMENT = new Document("$concatArrays",
			List.of(SEALING_OR_EMPTY, "$" + REGISTRATION_IDS));

	/** Projection of everything except the arrays, the holds and the waiting list. */
	static final Bson WITHOUT_REGISTRATIONS = Projections.exclude(REGISTRATION_IDS, SEALING, RELEASED, HOLDS, WAITING,
			JOURNAL, JOURNAL_MOVING);

	/** The fields that a deletion removes. */
	private static final List<String> DELETED_FIELDS = List.of(TITLE, DESCRIPTION, STARTS_AT, ENDS_AT, SALES_OPEN_AT,
			SALES_CLOSE_AT, HOLD_SECONDS, OFFER_SECONDS, HOLDS, HELD, NEXT_EXPIRY, WAITING, WAITING_COUNT,
			REGISTRATION_IDS, SEGMENT, SEALED_COUNT, SEALING, RELEASED, CLEANUPS, REVISION, CREATED_AT);

	private EventDocument() {
	}

	static Document of(ObjectId id, EventDraft draft, Instant createdAt) {
		Document document = new Document(ID, id).append(TITLE, draft.title())
			.append(DESCRIPTION, draft.description())
			.append(STARTS_AT, Date.from(draft.startsAt()))
			.append(ENDS_AT, date(draft.endsAt()))
			.append(CAPACITY, draft.capacity())
			.append(TICKETS_SOLD, 0)
			.append(REGISTRATION_IDS, List.of())
			.append(REVISION, 0L)
			.append(CREATED_AT, Date.from(createdAt));
		SaleTerms sale = draft.sale();
		putIfPresent(document, SALES_OPEN_AT, date(sale.opensAt()));
		putIfPresent(document, SALES_CLOSE_AT, date(sale.closesAt()));
		putIfPresent(document, HOLD_SECONDS, sale.holdSeconds());
		putIfPresent(document, OFFER_SECONDS, sale.offerSeconds());
		return document;
	}

	private static void putIfPresent(Document document, String field, @Nullable Object value) {
		if (value != null) {
			document.append(field, value);
		}
	}

	static @Nullable Date date(@Nullable Instant instant) {
		return (instant != null) ? Date.from(instant) : null;
	}

	/** The path of a place in the waiting list; 0 for that of the next free seat. */
	static String waitingAt(int index) {
		return WAITING + "." + index;
	}

	/** Filter: the event with this id, but not a tombstone. */
	public static Document existing(ObjectId event) {
		return new Document(ID, event).append(DELETED_AT, null);
	}

	/**
	 * The document of a deleted event that had sealed registrations or a journal. It
	 * keeps the id from being used again: a new event would get the registrations that
	 * are inserted late, the journal, and what processes remember about the old one. A
	 * tombstone has no seats, so no booking matches it.
	 */
	public static Document tombstone(ObjectId event, Instant deletedAt) {
		Document tombstone = new Document(ID, event);
		tombstone.putAll(ofTombstone(deletedAt));
		return tombstone;
	}

	private static Document ofTombstone(Instant deletedAt) {
		return new Document(CAPACITY, 0).append(TICKETS_SOLD, 0).append(DELETED_AT, Date.from(deletedAt));
	}

	/** The update that makes an event a tombstone. The journal stays. */
	static Bson burial(Instant deletedAt) {
		List<Bson> updates = new ArrayList<>(DELETED_FIELDS.stream().map(Updates::unset).toList());
		updates.add(new Document("$set", ofTombstone(deletedAt)));
		return Updates.combine(updates);
	}

	static Event toEvent(Document document) {
		return new Event(new EventId(document.getObjectId(ID).toHexString()), document.getString(TITLE),
				document.getString(DESCRIPTION), document.getDate(STARTS_AT).toInstant(), instant(document, ENDS_AT),
				number(document, CAPACITY).intValue(), toSaleTerms(document), number(document, TICKETS_SOLD).intValue(),
				count(document, HELD), count(document, WAITING_COUNT), number(document, REVISION).longValue(),
				document.getDate(CREATED_AT).toInstant());
	}

	static SaleTerms toSaleTerms(Document document) {
		return new SaleTerms(instant(document, SALES_OPEN_AT), instant(document, SALES_CLOSE_AT),
				integer(document, HOLD_SECONDS), integer(document, OFFER_SECONDS));
	}

	static EventStatus toStatus(Document document) {
		return new EventStatus(new EventId(document.getObjectId(ID).toHexString()),
				number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(), count(document, HELD),
				count(document, WAITING_COUNT), toSaleTerms(document), number(document, REVISION).longValue());
	}

	/**
	 * @param sealed the registered users in sealed segments
	 */
	static Ledger toLedger(Document document, List<String> sealed) {
		List<UserId> users = Stream
			.of(sealed, list(document, SEALING, String.class), list(document, REGISTRATION_IDS, String.class))
			.flatMap(List::stream)
			.map(UserId::new)
			.toList();
		return new Ledger(number(document, CAPACITY).intValue(), number(document, TICKETS_SOLD).intValue(),
				count(document, HELD), users, HoldFields.list(document.get(HOLDS, Document.class)),
				list(document, WAITING, String.class).stream().map(UserId::new).toList());
	}

	/**
	 * Reads a number of any type: other tools and shells store doubles and longs where
	 * this service stores integers.
	 */
	static Number number(Document document, String field) {
		return document.get(field, Number.class);
	}

	private static @Nullable Integer integer(Document document, String field) {
		Number number = document.get(field, Number.class);
		return (number != null) ? number.intValue() : null;
	}

	/**
	 * Reads a counter. The field is absent while the counter is 0.
	 */
	public static int count(Document document, String field) {
		Number count = document.get(field, Number.class);
		return (count != null) ? count.intValue() : 0;
	}

	/**
	 * Condition: a counter has this value. The field may be absent if the value is 0.
	 */
	public static Object equalTo(Number count) {
		return (count.longValue() > 0) ? count : new Document("$in", Arrays.asList(null, 0));
	}

	/** Reads the number of entries of the journal that were moved. */
	public static long journalMoved(Document document) {
		Number moved = document.get(JOURNAL_MOVED, Number.class);
		return (moved != null) ? moved.longValue() : 0;
	}

	/**
	 * Reads an array. The field may be absent while the array is empty.
	 */
	public static <T> List<T> list(Document document, String field, Class<T> type) {
		return document.getList(field, type, List.of());
	}

	private static @Nullable Instant instant(Document document, String field) {
		Date date = document.getDate(field);
		return (date != null) ? date.toInstant() : null;
	}

}
