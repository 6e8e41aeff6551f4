package dev.lastseat.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;

import static dev.lastseat.web.SchemaParts.capacity;
import static dev.lastseat.web.SchemaParts.cursor;
import static dev.lastseat.web.SchemaParts.description;
import static dev.lastseat.web.SchemaParts.eventId;
import static dev.lastseat.web.SchemaParts.flag;
import static dev.lastseat.web.SchemaParts.instant;
import static dev.lastseat.web.SchemaParts.instantWithOffset;
import static dev.lastseat.web.SchemaParts.integer;
import static dev.lastseat.web.SchemaParts.list;
import static dev.lastseat.web.SchemaParts.nullable;
import static dev.lastseat.web.SchemaParts.number;
import static dev.lastseat.web.SchemaParts.oneOf;
import static dev.lastseat.web.SchemaParts.reference;
import static dev.lastseat.web.SchemaParts.text;
import static dev.lastseat.web.SchemaParts.title;
import static dev.lastseat.web.SchemaParts.userId;

/**
 * The schemas of bodies. What a client sends is complete: a member that is not named here
 * is refused. What it gets may have more members one day.
 */
final class ApiSchemas {

	static final String EVENT = "Event";

	static final String EVENT_LIST = "EventList";

	static final String EVENT_REQUEST = "EventRequest";

	static final String EVENT_CHANGE = "EventChange";

	static final String REGISTRATION = "Registration";

	static final String REGISTRATION_LIST = "RegistrationList";

	static final String REGISTRATION_REQUEST = "RegistrationRequest";

	static final String STATUS = "Status";

	static final String PROBLEM = "Problem";

	static final String PROBLEM_CODE = "ProblemCode";

	private ApiSchemas() {
	}

	@SuppressWarnings("rawtypes") // as the model wants it
	static Map<String, Schema> all() {
		Map<String, Schema> schemas = new LinkedHashMap<>();
		schemas.put(EVENT, event());
		schemas.put(EVENT_LIST, page("events", list(reference(EVENT))));
		schemas.put(EVENT_REQUEST, refusingMore(eventFields()).required(List.of("title", "startsAt", "capacity")));
		schemas.put(EVENT_CHANGE, refusingMore(eventFields()).minProperties(1)
			.description("A JSON merge patch (RFC 7396): what is absent stays, and null removes."));
		schemas.put(REGISTRATION, complete(object().addProperty("eventId", eventId()).addProperty("userId", userId())));
		schemas.put(REGISTRATION_LIST, page("userIds", list(userId())));
		schemas.put(REGISTRATION_REQUEST, refusingMore(complete(object().addProperty("userId", userId()))));
		schemas.put(STATUS, status());
		schemas.put(PROBLEM, problem());
		schemas.put(PROBLEM_CODE, problemCode());
		return schemas;
	}

	/**
	 * A problem of one of the codes.
	 * @param codes all of one status
	 */
	static Schema<?> problem(List<ProblemCode> codes) {
		Schema<?> these = object().addProperty("type", oneOf(codes.stream().map((code) -> Paths.of(code).toString())))
			.addProperty("status", integer()._const(codes.get(0).status().value()))
			.addProperty("code", oneOf(codes.stream().map(ProblemCode::code)));
		return new JsonSchema().allOf(List.of(reference(PROBLEM), these));
	}

	private static Schema<?> event() {
		return complete(object().addProperty("id", eventId())
			.addProperty("title", title())
			.addProperty("description", description())
			.addProperty("startsAt", instant())
			.addProperty("endsAt", nullable(instant()))
			.addProperty("capacity", capacity().description("Seats in all."))
			.addProperty("ticketsSold", number(0).description("Seats that are taken."))
			.addProperty("remaining", number(0).description("Seats that can still be booked."))
			.addProperty("revision", revision()));
	}

	private static Schema<?> eventFields() {
		return object().addProperty("title", title())
			.addProperty("description", description())
			.addProperty("startsAt", instantWithOffset().description("Kept to the millisecond."))
			.addProperty("endsAt",
					nullable(instantWithOffset()).description("Not before startsAt. Kept to the millisecond."))
			.addProperty("capacity", capacity().description("Seats in all, written in digits."));
	}

	private static Schema<?> status() {
		return complete(object().addProperty("eventId", eventId())
			.addProperty("capacity", capacity())
			.addProperty("ticketsSold", number(0))
			.addProperty("remaining", number(0))
			.addProperty("soldOut", flag())
			.addProperty("revision", revision()));
	}

	private static Schema<?> revision() {
		return number(0).format("int64").description("Grows with every change of the event or of its registrations.");
	}

	private static Schema<?> page(String name, Schema<?> items) {
		return complete(object().addProperty(name, items)
			.addProperty("next", nullable(cursor()).description("For the parameter after; null on the last page.")));
	}

	private static Schema<?> problem() {
		Schema<?> error = complete(object().addProperty("field", text()).addProperty("message", text()));
		return complete(object().description("RFC 9457.")
			.addProperty("type", text().format("uri-reference").description("A page that explains the code."))
			.addProperty("title", text())
			.addProperty("status", number(100, 599))
			.addProperty("detail", text().description("For people; may change."))
			.addProperty("instance", text().format("uri-reference").description("The path that was asked for."))
			.addProperty("code", code())
			.addProperty("retryable", flag().description("Whether the same request may succeed later."))
			.addProperty("requestId", text().description("Also in the header X-Request-Id, and in the service's log.")))
			.addProperty("errors", list(error).description("With invalid-request: every rule that is broken."));
	}

	private static Schema<?> problemCode() {
		return complete(object().addProperty("code", code())
			.addProperty("title", text())
			.addProperty("status", number(100, 599))
			.addProperty("retryable", flag())
			.addProperty("explanation", text()));
	}

	private static Schema<?> code() {
		return oneOf(Arrays.stream(ProblemCode.values()).map(ProblemCode::code));
	}

	private static Schema<?> object() {
		return new JsonSchema().typesItem("object");
	}

	/** Every member that is named so far is always there. */
	private static Schema<?> complete(Schema<?> object) {
		return object.required(List.copyOf(object.getProperties().keySet()));
	}

	private static Schema<?> refusingMore(Schema<?> object) {
		return object.additionalProperties(false);
	}

}
