package dev.lastseat.web;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.InvalidInputException;

/**
 * Reads a JSON merge patch (RFC 7396) of an event. An absent field stays unchanged. A
 * null field is removed, if the field is optional.
 */
final class EventPatch {

	private static final Map<String, Field> FIELDS = Map.of("title", Field.TITLE, "description", Field.DESCRIPTION,
			"startsAt", Field.STARTS_AT, "endsAt", Field.ENDS_AT, "capacity", Field.CAPACITY, "salesOpenAt",
			Field.SALES_OPEN_AT, "salesCloseAt", Field.SALES_CLOSE_AT, "holdSeconds", Field.HOLD_SECONDS,
			"offerSeconds", Field.OFFER_SECONDS);

	private EventPatch() {
	}

	static EventChange read(BodyFields patch) {
		EventRequest values = EventRequest.of(patch);
		return patch.create(() -> change(patch, values));
	}

	private static EventChange change(BodyFields patch, EventRequest values) {
		Set<Field> fields = EnumSet.noneOf(Field.class);
		FIELDS.forEach((name, field) -> {
			if (patch.has(name)) {
				fields.add(field);
			}
		});
		if (patch.isEmpty()) {
			throw new InvalidInputException("body", "must name a field to change");
		}
		return new EventChange(fields, values.title(), values.description(), values.startsAt(), values.endsAt(),
				(values.capacity() != null) ? values.capacity() : 0, values.sale());
	}

}
