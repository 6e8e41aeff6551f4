package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Updates;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the sub-document with the holds of an event: one field for each hold,
 * whose name is the encoded user id. So a change of one hold is a change of one field.
 */
final class HoldFields {

	/** The end of a hold. */
	static final String UNTIL = "until";

	/** Whether a hold is an offer. The field is absent in all other holds. */
	static final String OFFER = "offer";

	private HoldFields() {
	}

	/**
	 * Encodes the characters that have a meaning in field names.
	 */
	static String name(String user) {
		return user.replace("%", "%25").replace(".", "%2E").replace("$", "%24");
	}

	static UserId user(String name) {
		return new UserId(name.replace("%24", "$").replace("%2E", ".").replace("%25", "%"));
	}

	/** The path of the hold of a user in the event document. */
	static String path(String user) {
		return EventDocument.HOLDS + "." + name(user);
	}

	/** The path of the end of that hold. */
	static String untilPath(String user) {
		return path(user) + "." + UNTIL;
	}

	static Document value(Hold hold) {
		Document value = new Document(UNTIL, Date.from(hold.until()));
		return hold.offer() ? value.append(OFFER, true) : value;
	}

	static Hold hold(String name, Document value) {
		return new Hold(user(name), value.getDate(UNTIL).toInstant(), value.getBoolean(OFFER, false));
	}

	/** Another program may have written another value. It is left out. */
	private static boolean isHold(@Nullable Object value) {
		return value instanceof Document hold && hold.get(UNTIL) instanceof Date;
	}

	/**
	 * The holds of a sub-document.
	 * @param holds null is a sub-document without fields
	 */
	static List<Hold> list(@Nullable Document holds) {
		return (holds == null) ? List.of()
				: holds.entrySet()
					.stream()
					.filter((field) -> isHold(field.getValue()))
					.map((field) -> hold(field.getKey(), (Document) field.getValue()))
					.toList();
	}

	/** Filter: each of these holds is present as it was read. */
	static Document present(List<Hold> holds) {
		Document filter = new Document();
		holds.forEach((hold) -> filter.append(untilPath(hold.user().value()), Date.from(hold.until())));
		return filter;
	}

	/** Update: removes holds. Its filter must contain that they are present. */
	static Bson removal(List<Hold> holds) {
		List<Bson> updates = new ArrayList<>(List.of(Updates.inc(EventDocument.HELD, -holds.size())));
		holds.forEach((hold) -> updates.add(Updates.unset(path(hold.user().value()))));
		return Updates.combine(updates);
	}

	/**
	 * Expression: the expired holds, as an array of {@code {k, v}}; an empty array
	 * without any work while {@code next_expiry} shows that none has expired.
	 * @param limit maximum number of holds
	 */
	static Document expired(Instant now, int limit) {
		Document expired = new Document("$filter", new Document("input", asArray()).append("cond",
				new Document("$lte", List.of("$$this.v." + UNTIL, Date.from(now)))));
		return new Document("$cond",
				List.of(mayBeExpired(now), new Document("$slice", List.of(expired, limit)), List.of()));
	}

	/** Expression: false if no hold has expired. */
	static Document mayBeExpired(Instant now) {
		return new Document("$lte",
				List.of(new Document("$ifNull", List.of("$" + EventDocument.NEXT_EXPIRY, Date.from(now.plusMillis(1)))),
						Date.from(now)));
	}

	/** Expression: the holds as an array of {@code {k, v}}. */
	static Document asArray() {
		return new Document("$objectToArray",
				new Document("$ifNull", List.of("$" + EventDocument.HOLDS, new Document())));
	}

	/** Reads the array that these expressions give. */
	static List<Hold> ofArray(List<Document> array) {
		return array.stream()
			.filter((element) -> isHold(element.get("v")))
			.map((element) -> hold(element.getString("k"), element.get("v", Document.class)))
			.toList();
	}

}
