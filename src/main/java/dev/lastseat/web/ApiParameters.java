package dev.lastseat.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;

import org.springframework.http.HttpHeaders;

/**
 * What a request carries besides its body.
 */
final class ApiParameters {

	/** The parameter eventId of a query; in a path it is another. */
	static final String EVENT_IDS = "eventIds";

	private ApiParameters() {
	}

	static Map<String, Parameter> all() {
		Map<String, Parameter> parameters = Stream
			.of(path("eventId", "The id of an event. A text that is no id names no event: the answer is 404.",
					SchemaParts.text().minLength(1), ApiExamples.GALA.id().value()),
					path("userId", "Who registers, as the caller's own system names them. Case matters.",
							SchemaParts.userId(), ApiExamples.ADA.value()),
					path("code", "The code of a problem.", SchemaParts.text().minLength(1),
							ProblemCode.SOLD_OUT.code()),
					query("limit", "How many entries the page has at most.", limit()),
					query("after", "Where the page starts: the member next of the page before. Opaque.",
							SchemaParts.cursor()),
					query("from", "Only events that start at this instant or later.", SchemaParts.instantWithOffset()),
					query("to", "Only events that start before this instant.", SchemaParts.instantWithOffset()),
					query(RequestReader.WITH_REGISTRATIONS,
							"Whether to delete the event although users are registered for it. Their registrations "
									+ "are gone with it.",
							withDefault(SchemaParts.flag(), false)),
					header(RequestReader.LAST_EVENT_ID,
							"The id of the last event of a stream that the caller has: how the sale stands "
									+ "is sent only if that is another by now."),
					header(HttpHeaders.IF_MATCH,
							"Entity tags, or *. The request is only carried out if the resource exists and, unless "
									+ "it is *, has one of these tags."),
					header(HttpHeaders.IF_NONE_MATCH,
							"Entity tags, or *. The request is only carried out if the resource has none of these "
									+ "tags, or, with *, does not exist."))
			.collect(
					Collectors.toMap(Parameter::getName, Function.identity(), (one, other) -> one, LinkedHashMap::new));
		parameters.put(EVENT_IDS, query("eventId", "The ids of the events to watch.", eventIds()).required(true));
		return parameters;
	}

	private static Parameter path(String name, String description, Schema<?> schema, String example) {
		return new PathParameter().name(name).description(description).schema(schema).example(example);
	}

	private static Parameter query(String name, String description, Schema<?> schema) {
		return new QueryParameter().name(name).description(description).schema(schema);
	}

	private static Parameter header(String name, String description) {
		return new HeaderParameter().name(name).description(description).schema(SchemaParts.text());
	}

	private static Schema<?> eventIds() {
		return SchemaParts.list(SchemaParts.text().minLength(1)).minItems(1).maxItems(RequestReader.MAX_EVENTS);
	}

	private static Schema<?> limit() {
		return withDefault(SchemaParts.number(1, RequestReader.MAX_LIMIT), RequestReader.DEFAULT_LIMIT);
	}

	private static Schema<?> withDefault(Schema<?> schema, Object value) {
		schema.setDefault(value);
		return schema;
	}

}
