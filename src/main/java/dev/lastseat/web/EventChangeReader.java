package dev.lastseat.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.InvalidInputException.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON merge patch (RFC 7396) of an event: a field that is absent stays as it is,
 * one that is null is removed, where it may be.
 */
final class EventChangeReader {

	private static final Map<String, Field> FIELDS = Map.of("title", Field.TITLE, "description", Field.DESCRIPTION,
			"startsAt", Field.STARTS_AT, "endsAt", Field.ENDS_AT, "capacity", Field.CAPACITY);

	private final JsonMapper json;

	EventChangeReader(JsonMapper json) {
		this.json = json;
	}

	EventChange read(JsonNode patch) {
		if (!patch.isObject()) {
			throw ProblemException.invalid(List.of(BodyErrors.NO_OBJECT));
		}
		EventRequest values = this.json.treeToValue(patch, EventRequest.class);
		Set<Field> fields = EnumSet.noneOf(Field.class);
		patch.propertyNames().stream().map(FIELDS::get).filter(Objects::nonNull).forEach(fields::add);
		if (fields.isEmpty()) {
			throw ProblemException.invalid(List.of(new Violation("body", "must name a field to change")));
		}
		return new EventChange(fields, values.title(), values.description(), values.startsAt(), values.endsAt(),
				(values.capacity() != null) ? values.capacity() : 0);
	}

}
