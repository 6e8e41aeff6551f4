package dev.lastseat.web;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.UserId;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;

/**
 * The values that schemas are made of, with the bounds of the code that enforces them.
 */
final class SchemaParts {

	private SchemaParts() {
	}

	static Schema<?> reference(String name) {
		return new JsonSchema().$ref("#/components/schemas/" + name);
	}

	static Schema<?> text() {
		return new JsonSchema().typesItem("string");
	}

	static Schema<?> oneOf(Stream<String> values) {
		JsonSchema choice = new JsonSchema();
		choice.addType("string");
		values.forEach(choice::addEnumItemObject);
		return choice;
	}

	static Schema<?> flag() {
		return new JsonSchema().typesItem("boolean");
	}

	static Schema<?> integer() {
		return new JsonSchema().typesItem("integer");
	}

	static Schema<?> number(long minimum) {
		return integer().minimum(BigDecimal.valueOf(minimum));
	}

	static Schema<?> number(long minimum, long maximum) {
		return number(minimum).maximum(BigDecimal.valueOf(maximum));
	}

	static Schema<?> instant() {
		return text().format("date-time");
	}

	/**
	 * As clients may write it. Offsets end where Java's do, at 18 hours.
	 */
	static Schema<?> instantWithOffset() {
		return instant().pattern("([Zz]|[+-](0\\d|1[0-7]):[0-5]\\d|[+-]18:00)$");
	}

	static Schema<?> list(Schema<?> items) {
		Schema<?> list = new JsonSchema().typesItem("array");
		list.setItems(items);
		return list;
	}

	static Schema<?> nullable(Schema<?> schema) {
		// Null last, so that tools that know one type take the other.
		return schema.types(new LinkedHashSet<>(List.of(schema.getTypes().iterator().next(), "null")));
	}

	static Schema<?> eventId() {
		return text().pattern("^" + Paths.EVENT_ID + "$");
	}

	static Schema<?> userId() {
		return text().pattern("^" + UserId.FORM + "$");
	}

	static Schema<?> cursor() {
		return text().pattern("^[A-Za-z0-9_-]+$");
	}

	static Schema<?> title() {
		return text().minLength(1).maxLength(EventDraft.MAX_TITLE).pattern("^" + EventDraft.TITLE_FORM + "$");
	}

	static Schema<?> description() {
		return nullable(text().maxLength(EventDraft.MAX_DESCRIPTION).pattern("^" + EventDraft.DESCRIPTION_FORM + "$"));
	}

	static Schema<?> capacity() {
		return number(1, EventDraft.MAX_CAPACITY);
	}

}
