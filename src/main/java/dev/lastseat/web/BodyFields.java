package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON body. A value must have the JSON type of its field: a number is
 * not accepted in place of a string, nor the other way round. All violations are
 * collected, so that a client sees all of them in one response. An invalid field is read
 * as null.
 */
final class BodyFields {

	static final String INSTANT = "must be an instant like 2026-12-01T19:00:00Z";

	/**
	 * The maximum length of the name of an unknown field in a response, in characters.
	 */
	private static final int MAX_NAME = 64;

	private final ObjectNode body;

	private final Set<String> read = new LinkedHashSet<>();

	private final List<Violation> violations = new ArrayList<>();

	BodyFields(ObjectNode body) {
		this.body = body;
	}

	boolean isEmpty() {
		return this.body.isEmpty();
	}

	boolean has(String name) {
		return this.body.has(name);
	}

	@Nullable String text(String name) {
		return value(name, JsonNode::isString, "must be text", JsonNode::asString);
	}

	@Nullable Instant instant(String name) {
		return value(name, JsonNode::isString, INSTANT, (node) -> {
			Instant instant = Instants.parse(node.asString());
			return (instant != null) ? instant : report(name, INSTANT);
		});
	}

	@Nullable Integer wholeNumber(String name) {
		return value(name, JsonNode::isIntegralNumber, "must be a whole number in digits",
				(node) -> node.canConvertToInt() ? Integer.valueOf(node.intValue()) : report(name, "is out of range"));
	}

	/**
	 * Reads an array of texts. The elements of an array that is too long are not checked,
	 * because a response with all violations would be long too.
	 * @param max the maximum number of elements
	 * @return the elements; null for an element that is not a text
	 */
	@Nullable List<@Nullable String> texts(String name, int max) {
		return value(name, JsonNode::isArray, "must be an array of texts", (array) -> {
			List<@Nullable String> texts = new ArrayList<>();
			for (JsonNode element : array) {
				texts.add(element.isString() ? element.asString()
						: (array.size() <= max) ? report(element(name, texts.size()), "must be text") : null);
			}
			return texts;
		});
	}

	/**
	 * @return the name of an element of an array, like {@code userIds[3]}
	 */
	static String element(String array, int index) {
		return array + "[" + index + "]";
	}

	private <T> @Nullable T value(String name, Predicate<JsonNode> type, String message,
			Function<JsonNode, @Nullable T> reader) {
		this.read.add(name);
		JsonNode node = this.body.path(name);
		if (node.isMissingNode() || node.isNull()) {
			return null;
		}
		return type.test(node) ? reader.apply(node) : report(name, message);
	}

	private <T> @Nullable T report(String name, String message) {
		this.violations.add(new Violation(name, message));
		return null;
	}

	/**
	 * Creates the object that the fields describe, after all fields have been read.
	 * @param factory throws {@link InvalidInputException} when a rule is violated
	 * @throws ProblemException with all violations: unknown fields, wrong types, violated
	 * rules
	 */
	<T> T create(Supplier<T> factory) {
		List<Violation> all = new ArrayList<>(this.violations);
		Set<String> reported = new LinkedHashSet<>(this.violations.stream().map(Violation::field).toList());
		this.body.propertyNames()
			.stream()
			.filter((name) -> !this.read.contains(name))
			.forEach((name) -> all.add(new Violation(shorten(name), "is not a known field")));
		try {
			T value = factory.get();
			if (all.isEmpty()) {
				return value;
			}
		}
		catch (InvalidInputException ex) {
			ex.violations().stream().filter((violation) -> !reported.contains(violation.field())).forEach(all::add);
		}
		throw ProblemException.invalid(all);
	}

	/**
	 * Shortens the name. Half of a surrogate pair at the end becomes a question mark.
	 */
	private static String shorten(String name) {
		String start = name.substring(0, Math.min(name.length(), MAX_NAME));
		return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
