package dev.lastseat.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.page.ProblemCodeView;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemView;
import dev.lastseat.web.stream.JournalEntryView;
import dev.lastseat.web.stream.StandingView;
import dev.lastseat.web.stream.StatusView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the schemas of bodies and parameters with the records, and their bounds with
 * the code that enforces them. A schema is compared completely, except for its texts.
 */
class BodySchemasTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final JsonNode SCHEMAS = WebSlice.DESCRIPTION.document().at("/components/schemas");

	private static final Map<String, Class<? extends Record>> ANSWERS = Map.ofEntries(
			Map.entry("Event", EventView.class), Map.entry("EventList", EventListView.class),
			Map.entry("Registration", RegistrationView.class), Map.entry("UserList", UserListView.class),
			Map.entry("Party", PartyView.class), Map.entry("Hold", HoldView.class),
			Map.entry("UserHold", UserHoldView.class), Map.entry("HoldList", HoldListView.class),
			Map.entry("PartyHolds", PartyHoldView.class), Map.entry("WaitingPlace", WaitingPlaceView.class),
			Map.entry("Standing", StandingView.class), Map.entry("Journal", JournalView.class),
			Map.entry("JournalEntry", JournalEntryView.class), Map.entry("Status", StatusView.class),
			Map.entry("Problem", ProblemView.class), Map.entry("ProblemCode", ProblemCodeView.class));

	private static final Map<String, Class<? extends Record>> REQUESTS = Map.of("EventRequest", EventRequest.class,
			"EventChange", EventRequest.class, "RegistrationRequest", RegistrationRequest.class, "PartyRequest",
			PartyRequest.class);

	private static final Map<Type, Map<String, Object>> TYPES = Map.of(String.class, Map.of("type", "string"),
			URI.class, Map.of("type", "string", "format", "uri-reference"), Instant.class,
			Map.of("type", "string", "format", "date-time"), boolean.class, Map.of("type", "boolean"), int.class,
			Map.of("type", "integer"), Integer.class, Map.of("type", "integer"), long.class,
			Map.of("type", "integer", "format", "int64"), Long.class, Map.of("type", "integer", "format", "int64"));

	private static final Map<String, Object> EVENT_ID = Map.of("type", "string", "pattern", "^" + Paths.EVENT_ID + "$");

	private static final Map<String, Object> USER_ID = Map.of("type", "string", "pattern", "^" + UserId.PATTERN + "$");

	private static final Map<String, Object> CURSOR = Map.of("type", "string", "pattern", "^[A-Za-z0-9_-]+$");

	private static final String OFFSET = SCHEMAS.at("/InstantWithOffset/pattern").asString();

	static Set<String> answers() {
		return ANSWERS.keySet();
	}

	/**
	 * Every member is required, unless it is omitted when empty.
	 */
	@ParameterizedTest
	@MethodSource("answers")
	void describesTheResponseBodies(String name) {
		assertThat(schema("/components/schemas/" + name)).isEqualTo(JSON.valueToTree(answer(ANSWERS.get(name))));
	}

	static Set<String> requests() {
		return REQUESTS.keySet();
	}

	/**
	 * No other member is accepted. A change may omit some members, but not all.
	 */
	@ParameterizedTest
	@MethodSource("requests")
	void describesTheRequestBodies(String name) {
		Class<? extends Record> type = REQUESTS.get(name);
		Set<String> optional = Stream
			.concat(nullable(EventDraft.class), nullable(SaleTerms.class).map(BodySchemasTest::nameInBody))
			.collect(Collectors.toSet());
		Map<String, Object> expected = object(type, (member) -> optional.contains(member.getName()),
				(member) -> !optional.contains(member.getName()));
		expected.put("additionalProperties", false);
		if (name.equals("EventChange")) {
			expected.remove("required");
			expected.put("minProperties", 1);
		}

		assertThat(optional).containsExactlyInAnyOrder("description", "endsAt", "salesOpenAt", "salesCloseAt",
				"holdSeconds", "offerSeconds");
		assertThat(schema("/components/schemas/" + name)).isEqualTo(JSON.valueToTree(expected));
	}

	private static Stream<String> nullable(Class<? extends Record> type) {
		return Arrays.stream(type.getRecordComponents())
			.filter(BodySchemasTest::isNullable)
			.map(RecordComponent::getName);
	}

	private static String nameInBody(String ofSale) {
		return Map.of("opensAt", "salesOpenAt", "closesAt", "salesCloseAt").getOrDefault(ofSale, ofSale);
	}

	@Test
	void describesEveryBody() {
		assertThat(
				SCHEMAS.propertyStream().filter((schema) -> schema.getValue().has("properties")).map(Map.Entry::getKey))
			.containsExactlyInAnyOrderElementsOf(
					Stream.concat(ANSWERS.keySet().stream(), REQUESTS.keySet().stream()).toList());
	}

	@Test
	void describesTheBoundsOfParameters() {
		Map<String, Object> eventId = Map.of("type", "string", "minLength", 1);
		Map<String, Object> instant = Map.of("type", "string", "format", "date-time", "pattern", OFFSET);
		Map<String, Object> text = Map.of("type", "string");
		Map<String, Object> expected = Map.ofEntries(Map.entry("eventId", eventId), Map.entry("userId", USER_ID),
				Map.entry("code", Map.of("type", "string", "minLength", 1)),
				Map.entry("limit",
						Map.of("type", "integer", "minimum", 1, "maximum", PageReader.MAX_LIMIT, "default",
								PageReader.DEFAULT_LIMIT)),
				Map.entry("after", CURSOR),
				Map.entry("afterEntry", Map.of("type", "integer", "format", "int64", "minimum", 0, "default", 0)),
				Map.entry("from", instant), Map.entry("to", instant),
				Map.entry(RequestReader.WITH_REGISTRATIONS, Map.of("type", "boolean", "default", false)),
				Map.entry(PageReader.OFFERS, Map.of("type", "boolean")),
				Map.entry("eventIds",
						Map.of("type", "array", "minItems", 1, "maxItems", RequestReader.MAX_EVENTS, "items", eventId)),
				Map.entry(RequestReader.LAST_EVENT_ID, text), Map.entry("lastEntry", text), Map.entry("If-Match", text),
				Map.entry("If-None-Match", text));

		JsonNode parameters = WebSlice.DESCRIPTION.document().at("/components/parameters");
		assertThat(parameters.propertyNames()).isEqualTo(expected.keySet());
		expected.forEach((name, schema) -> assertThat(schema("/components/parameters/" + name + "/schema")).as(name)
			.isEqualTo(JSON.valueToTree(schema)));
	}

	private static Map<String, Object> answer(Class<?> type) {
		return object(type, (member) -> isNullable(member) && !isOmittedWhenEmpty(member),
				(member) -> !isOmittedWhenEmpty(member));
	}

	private static boolean isOmittedWhenEmpty(RecordComponent member) {
		return member.getAccessor().isAnnotationPresent(JsonInclude.class);
	}

	private static boolean isNullable(RecordComponent member) {
		return member.getAnnotatedType().isAnnotationPresent(Nullable.class);
	}

	private static Map<String, Object> object(Class<?> type, Predicate<RecordComponent> nullable,
			Predicate<RecordComponent> required) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (RecordComponent member : type.getRecordComponents()) {
			Map<String, Object> schema = new LinkedHashMap<>(ofType(member.getGenericType()));
			schema.putAll(rules(type, member.getName()));
			schema.computeIfPresent("type", (key, name) -> nullable.test(member) ? List.of(name, "null") : name);
			properties.put(member.getName(), schema);
		}
		Map<String, Object> object = new LinkedHashMap<>(Map.of("type", "object", "properties", properties));
		object.put("required",
				Arrays.stream(type.getRecordComponents()).filter(required).map(RecordComponent::getName).toList());
		return object;
	}

	private static Map<String, Object> ofType(Type type) {
		if (type instanceof ParameterizedType list) {
			return Map.of("type", "array", "items", ofType(list.getActualTypeArguments()[0]));
		}
		return (type instanceof Class<?> record && record.isRecord()) ? answer(record) : TYPES.get(type);
	}

	private static Map<String, Object> rules(Class<?> type, String member) {
		return switch (member) {
			case "id", "eventId" -> EVENT_ID;
			case "userId" -> USER_ID;
			case "userIds" -> (type == PartyRequest.class)
					? Map.of("items", USER_ID, "minItems", 1, "maxItems", Request.MAX_PARTY, "uniqueItems", true)
					: Map.of("items", USER_ID);
			case "booked", "created" -> Map.of("items", USER_ID);
			case "held" -> (type == PartyView.class) ? Map.of("items", USER_ID) : Map.of("minimum", 0);
			case "holdSeconds" -> Map.of("minimum", SaleTerms.MIN_HOLD_SECONDS, "maximum", SaleTerms.MAX_HOLD_SECONDS);
			case "offerSeconds" ->
				Map.of("minimum", SaleTerms.MIN_OFFER_SECONDS, "maximum", SaleTerms.MAX_OFFER_SECONDS);
			case "state" -> Map.of("enum",
					Arrays.stream(Standing.State.values())
						.map((state) -> state.name().toLowerCase(Locale.ROOT))
						.toList());
			case "op" -> Map.of("enum", Arrays.stream(JournalEntry.Op.values()).map(JournalEntry.Op::code).toList());
			case "seq", "position", "length" -> Map.of("minimum", 1);
			case "next" -> (type == JournalView.class) ? Map.of("minimum", 1) : CURSOR;
			case "title" -> (type == EventView.class || type == EventRequest.class) ? Map.of("minLength", 1,
					"maxLength", EventDraft.MAX_TITLE, "pattern", "^" + EventDraft.TITLE_PATTERN + "$") : Map.of();
			case "description" ->
				Map.of("maxLength", EventDraft.MAX_DESCRIPTION, "pattern", "^" + EventDraft.DESCRIPTION_PATTERN + "$");
			case "startsAt", "endsAt", "salesOpenAt", "salesCloseAt" ->
				(type == EventRequest.class) ? Map.of("pattern", OFFSET) : Map.of();
			case "capacity" -> Map.of("minimum", 1, "maximum", EventDraft.MAX_CAPACITY);
			case "ticketsSold", "waiting", "remaining", "revision" -> Map.of("minimum", 0);
			case "status" -> Map.of("minimum", 100, "maximum", 599);
			case "instance" -> Map.of("format", "uri-reference");
			case "code" -> Map.of("enum", Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
			default -> Map.of();
		};
	}

	private static JsonNode schema(String pointer) {
		return withoutTexts(WebSlice.DESCRIPTION.document().at(pointer));
	}

	/**
	 * The schema with its references resolved and without descriptions.
	 */
	private static JsonNode withoutTexts(JsonNode schema) {
		JsonNode resolved = WebSlice.DESCRIPTION.resolve(schema);
		if (!(resolved instanceof ObjectNode object)) {
			return resolved;
		}
		ObjectNode plain = JSON.createObjectNode();
		object.propertyStream()
			.filter((entry) -> !(entry.getKey().equals("description") && entry.getValue().isString()))
			.forEach((entry) -> plain.set(entry.getKey(), withoutTexts(entry.getValue())));
		return plain;
	}

	/**
	 * Tests each character alone as a title, and inside a title.
	 */
	@Test
	void describesTheTitlesThatTheServiceAccepts() {
		String pattern = SCHEMAS.at("/Title/pattern").stringValue();

		assertThat(pattern).isNotEmpty();
		assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.mapToObj(Character::toString)
			.flatMap((text) -> Stream.of(text, "a" + text + "b"))
			.filter((text) -> Pattern.matches(pattern, text) != isTitle(text))).isEmpty();
	}

	private static boolean isTitle(String text) {
		try {
			new EventDraft(text, null, Instant.EPOCH, null, 1);
			return true;
		}
		catch (InvalidInputException ex) {
			return false;
		}
	}

	@Test
	void describesTheOffsetsThatTheServiceAccepts() {
		Stream<String> offsets = Stream.of("+", "-")
			.flatMap((sign) -> IntStream.range(0, 24 * 60)
				.mapToObj((minute) -> String.format(Locale.ROOT, "%s%02d:%02d", sign, minute / 60, minute % 60)));

		assertThat(Stream.concat(offsets, Stream.of("Z", "z", "", "+1:00", "+0100", "+01:60", "UTC"))
			.map((offset) -> "2026-12-01T19:00:00" + offset)
			.filter((text) -> Pattern.compile(OFFSET).matcher(text).find() != (Instants.parse(text) != null)))
			.isEmpty();
	}

}
