package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.web.problem.ProblemCode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Invalid requests: each has its problem code and does not reach the storage.
 */
class ProblemsTest {

	private static final String EVENTS = "/api/v1/events";

	private static final String GALA = EVENTS + "/65f000000000000000000001";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web").allowing("WARN \\S+ \\S+ got .*");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	static Stream<Arguments> badEvents() {
		String start = "\"startsAt\": \"2026-12-01T19:00:00Z\"";
		return Stream.of(arguments("{\"title\":", "body", "must be a well-formed JSON object"),
				arguments("{} {}", "body", "must be a well-formed JSON object"),
				arguments("[]", "body", "must be a well-formed JSON object"),
				arguments("null", "body", "must be a well-formed JSON object"),
				arguments("\"Gala\"", "body", "must be a well-formed JSON object"),
				arguments("", "body", "must be a well-formed JSON object"),
				arguments(event("\"price\": 5, \"title\": \"Gala\"", start, "1"), "price", "is not a known field"),
				arguments(event("\"title\": \"A\", \"title\": \"B\"", start, "1"), "body",
						"must be a well-formed JSON object"),
				arguments(event("\"description\": null", start, "1"), "title", "must not be blank"),
				arguments(event("\"title\": \" \"", start, "1"), "title", "must not be blank"),
				arguments(event("\"title\": \"" + "x".repeat(201) + "\"", start, "1"), "title",
						"must be at most 200 characters"),
				arguments(event("\"title\": 5", start, "1"), "title", "must be text"),
				arguments(event("\"title\": true", start, "1"), "title", "must be text"),
				arguments(event("\"title\": [\"Gala\"]", start, "1"), "title", "must be text"),
				arguments(gala(start, "0"), "capacity", "must be a whole number from 1 to 10,000,000"),
				arguments(gala(start, "-1"), "capacity", "must be a whole number from 1 to 10,000,000"),
				arguments(gala(start, "1000000000"), "capacity", "must be a whole number from 1 to 10,000,000"),
				arguments(gala(start, "null"), "capacity", "must be a whole number from 1 to 10,000,000"),
				arguments(gala(start, "1e9"), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "1.5"), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "\"ten\""), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "\"10\""), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "\"\""), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "true"), "capacity", "must be a whole number in digits"),
				arguments(gala(start, "99999999999"), "capacity", "is out of range"),
				arguments(gala("\"startsAt\": \"tomorrow\"", "1"), "startsAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(gala("\"startsAt\": \"2026-12-01T19:00:00\"", "1"), "startsAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(gala("\"startsAt\": 1700000000", "1"), "startsAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(gala("\"startsAt\": null", "1"), "startsAt", "must be an instant like 2026-12-01T19:00:00Z"),
				arguments(gala("\"startsAt\": \"+123456-01-01T00:00:00Z\"", "1"), "startsAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(gala(start + ", \"endsAt\": \"2026-12-01T18:59:59Z\"", "1"), "endsAt",
						"must not be before startsAt"),
				arguments(sale("\"salesOpenAt\": \"tomorrow\""), "salesOpenAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(sale("\"salesCloseAt\": 1700000000"), "salesCloseAt",
						"must be an instant like 2026-12-01T19:00:00Z"),
				arguments(sale("\"salesOpenAt\": \"2026-12-01T19:00:00Z\", \"salesCloseAt\": \"2026-12-01T19:00:00Z\""),
						"salesCloseAt", "must be after salesOpenAt"),
				arguments(sale("\"holdSeconds\": 9"), "holdSeconds", "must be a whole number from 10 to 86,400"),
				arguments(sale("\"holdSeconds\": 86401"), "holdSeconds", "must be a whole number from 10 to 86,400"),
				arguments(sale("\"holdSeconds\": \"10\""), "holdSeconds", "must be a whole number in digits"),
				arguments(sale("\"holdSeconds\": 10.0"), "holdSeconds", "must be a whole number in digits"),
				arguments(sale("\"offerSeconds\": 59"), "offerSeconds", "must be a whole number from 60 to 604,800"),
				arguments(sale("\"offerSeconds\": 604801"), "offerSeconds",
						"must be a whole number from 60 to 604,800"),
				arguments(sale("\"offerSeconds\": \"60\""), "offerSeconds", "must be a whole number in digits"),
				arguments(sale("\"waiting\": 0"), "waiting", "is not a known field"));
	}

	private static String sale(String terms) {
		return gala("\"startsAt\": \"2026-12-01T19:00:00Z\", " + terms, "1");
	}

	private static String gala(String times, String capacity) {
		return event("\"title\": \"Gala\"", times, capacity);
	}

	private static String event(String title, String times, String capacity) {
		return "{" + title + ", " + times + ", \"capacity\": " + capacity + "}";
	}

	@ParameterizedTest
	@MethodSource("badEvents")
	void rejectsAnInvalidEventAndNamesTheField(String body, String field, String message) {
		expectInvalid(post(EVENTS, body), field, message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"{\"userId\": \"a b\"}    | userId | must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..",
			"{\"userId\": \"..\"} | userId | must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..",
			"{\"userId\": null}          | userId | must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..",
			"{}                          | userId | must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..",
			"{\"userId\": 7}             | userId | must be text" })
	void rejectsAnInvalidRegistrationAndNamesTheField(String body, String field, String message) {
		expectInvalid(post(GALA + "/registrations", body), field, message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"title\": null}        | title       | must not be blank",
					"{\"title\": 5}           | title       | must be text",
					"{\"startsAt\": null}     | startsAt    | must be an instant like 2026-12-01T19:00:00Z",
					"{\"startsAt\": 17}       | startsAt    | must be an instant like 2026-12-01T19:00:00Z",
					"{\"capacity\": null}     | capacity    | must be a whole number from 1 to 10,000,000",
					"{\"capacity\": 0}        | capacity    | must be a whole number from 1 to 10,000,000",
					"{\"capacity\": \"10\"}   | capacity    | must be a whole number in digits",
					"{\"capacity\": 1.5}      | capacity    | must be a whole number in digits",
					"{\"capacity\": 1e1}      | capacity    | must be a whole number in digits",
					"{\"capacity\": 99999999999} | capacity | is out of range",
					"{\"ticketsSold\": 0}     | ticketsSold | is not a known field",
					"{\"salesOpenAt\": \"x\"} | salesOpenAt | must be an instant like 2026-12-01T19:00:00Z",
					"{\"holdSeconds\": 9}     | holdSeconds | must be a whole number from 10 to 86,400",
					"{\"holdSeconds\": \"\"}  | holdSeconds | must be a whole number in digits",
					"{\"offerSeconds\": 59}   | offerSeconds | must be a whole number from 60 to 604,800",
					"{\"held\": 0}            | held        | is not a known field",
					"{\"waiting\": []}        | waiting     | is not a known field",
					"{}                       | body        | must name a field to change",
					"[]                       | body        | must be a well-formed JSON object",
					"{\"title\"               | body        | must be a well-formed JSON object" })
	void rejectsAnInvalidChangeAndNamesTheField(String body, String field, String message) {
		expectInvalid(this.client.patch().uri(GALA).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange(),
				field, message);
	}

	@Test
	void reportsAllViolationsOfAnEvent() {
		post(EVENTS, "{}").expectBody()
			.jsonPath("$.detail")
			.isEqualTo("the request has 3 invalid fields")
			.jsonPath("$.errors[*].field")
			.value((fields) -> assertThat(fields).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly("title", "startsAt", "capacity"));
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/v1/events", "PATCH, /api/v1/events/65f000000000000000000001" })
	void reportsUnknownFieldsWrongTypesAndViolationsTogether(String method, String path) {
		String body = """
				{"title": "", "startsAt": "x", "endsAt": "y", "capacity": 0, "description": 7, "salesOpenAt": 1,
				 "salesCloseAt": "z", "holdSeconds": 9, "offerSeconds": 9, "a": 1, "b\\ud800": null}""";

		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method))
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();

		expectFields(response, "title", "startsAt", "endsAt", "capacity", "description", "salesOpenAt", "salesCloseAt",
				"holdSeconds", "offerSeconds", "a", "b?");
	}

	static Stream<Arguments> badParties() {
		String rule = "must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..";
		return Stream.of(arguments("[\"ada\"]", "body", "must be a well-formed JSON object"),
				arguments("{}", "userIds", "must have 1 to 50 user ids"),
				arguments(party("null"), "userIds", "must have 1 to 50 user ids"),
				arguments(party("[]"), "userIds", "must have 1 to 50 user ids"),
				arguments(party(users(51)), "userIds", "must have 1 to 50 user ids"),
				arguments(party("\"ada\""), "userIds", "must be an array of texts"),
				arguments(party("{\"0\": \"ada\"}"), "userIds", "must be an array of texts"),
				arguments(party("[\"ada\", \"bob\", \"ada\"]"), "userIds", "must not have a user id twice"),
				arguments(party("[\"ada\", \"b ob\"]"), "userIds[1]", rule),
				arguments(party("[\"\"]"), "userIds[0]", rule),
				arguments(party("[\"ada\", 7]"), "userIds[1]", "must be text"),
				arguments(party("[null]"), "userIds[0]", "must be text"),
				arguments(party("[[\"ada\"]]"), "userIds[0]", "must be text"),
				arguments("{\"userIds\": [\"ada\"], \"userId\": \"ada\"}", "userId", "is not a known field"));
	}

	private static String party(String userIds) {
		return "{\"userIds\": " + userIds + "}";
	}

	private static String users(int number) {
		return IntStream.range(0, number)
			.mapToObj((user) -> "\"user-" + user + "\"")
			.collect(Collectors.joining(",", "[", "]"));
	}

	@ParameterizedTest
	@MethodSource("badParties")
	void rejectsAnInvalidPartyAndNamesTheField(String body, String field, String message) {
		expectInvalid(put(GALA + "/registrations", body), field, message);
		expectInvalid(put(GALA + "/holds", body), field, message);
	}

	@Test
	void reportsAllViolationsOfAParty() {
		String body = "{\"userIds\": [\"a b\", \"ada\", 7, \"ada\", \"..\"], \"a\": 1}";

		expectFields(put(GALA + "/registrations", body), "userIds[0]", "userIds[2]", "userIds[4]", "a");
	}

	@Test
	void reportsOnlyTheSizeOfAPartyThatIsTooLarge() {
		String body = party("[" + "7,".repeat(1_000) + "\"a b\"]");

		expectInvalid(put(GALA + "/holds", body), "userIds", "must have 1 to 50 user ids");
	}

	@Test
	void acceptsTheLargestParty() {
		put(GALA + "/registrations", party(users(50).replace("user-", "u".repeat(253)))).expectStatus().isCreated();
	}

	@Test
	void rejectsALargeBodyOfAParty() {
		expectProblem(put(GALA + "/holds", party(users(10_000))), 413, "payload-too-large");
	}

	private WebTestClient.ResponseSpec put(String path, String body) {
		return this.client.put().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	@Test
	void reportsAllViolationsOfARegistration() {
		expectFields(post(GALA + "/registrations", "{\"userId\": \"a b\", \"a\": 1, \"b\": 2}"), "userId", "a", "b");
		expectFields(post(GALA + "/registrations", "{\"userId\": [7], \"a\": 1}"), "userId", "a");
		expectFields(post(GALA + "/registrations", "{\"user\": \"ada\"}"), "userId", "user");
	}

	private void expectFields(WebTestClient.ResponseSpec response, String... fields) {
		response.expectBody()
			.jsonPath("$.errors[*].field")
			.value((named) -> assertThat(named).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactlyInAnyOrder((Object[]) fields));
		expectProblem(response, 400, "invalid-request");
	}

	/**
	 * Bytes that are not UTF-8: above the last code point, an overlong form, a surrogate,
	 * a missing start, a missing end.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "f4908080", "c1a1c0ae", "eda080", "ff", "80", "e282" })
	void rejectsABodyThatIsNotUtf8(String bytes) {
		String body = "{\"userId\": \"" + new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1)
				+ "\"}";

		WebTestClient.ResponseSpec response = this.client.post()
			.uri(GALA + "/registrations")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body.getBytes(StandardCharsets.ISO_8859_1))
			.exchange();

		expectInvalid(response, "body", "must be UTF-8");
	}

	@Test
	void rejectsABodyWithoutMediaTypeAndReportsAMissingBody() {
		expectProblem(this.client.post()
			.uri(EVENTS)
			.body((request, context) -> request.writeWith(
					Mono.just(DefaultDataBufferFactory.sharedInstance.wrap("{}".getBytes(StandardCharsets.UTF_8)))))
			.exchange(), 415, "unsupported-media-type");
		expectInvalid(this.client.post().uri(EVENTS).exchange(), "body", "must be a well-formed JSON object");
	}

	@Test
	void rejectsACompressedBody() {
		expectProblem(this.client.post()
			.uri(EVENTS)
			.contentType(MediaType.APPLICATION_JSON)
			.header("Content-Encoding", "gzip")
			.bodyValue("{}")
			.exchange(), 415, "unsupported-media-type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json;charset=UTF-8", "application/merge-patch+json" })
	void acceptsAChangeAsJsonAndAsAMergePatch(String type) {
		this.client.patch()
			.uri(GALA)
			.header("Content-Encoding", "identity")
			.contentType(MediaType.valueOf(type))
			.bodyValue("{\"capacity\": 5}")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void rejectsALargeBody() {
		expectProblem(post(EVENTS, "{\"title\": \"" + "x".repeat(1_000_000) + "\"}"), 413, "payload-too-large");
	}

	@Test
	void acceptsTheLargestLegalBody() {
		String body = "{\"title\": \"" + "\\ud83c\\udf9f".repeat(200) + "\", \"description\": \""
				+ "\\ud83c\\udf9f".repeat(5_000)
				+ "\", \"startsAt\": \"2026-12-01T19:00:00Z\", \"capacity\": 10000000}";

		post(EVENTS, body).expectStatus().isCreated();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded",
			"application/x-ndjson", "application/*", "*/*", "application/json-patch+json", "application/problem+json",
			"application/json;charset=ISO-8859-1" })
	void rejectsABodyOfAnotherMediaType(String type) {
		expectProblem(this.client.post().uri(EVENTS).header("Content-Type", type).bodyValue("title=Gala").exchange(),
				415, "unsupported-media-type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "application/json;q=0", "nonsense",
			"application/json;q=0, */*", "*/*;q=0" })
	void rejectsAClientThatDoesNotAcceptTheResponse(String accept) {
		expectProblem(this.client.put().uri(GALA + "/registrations/ada").header("Accept", accept).exchange(), 406,
				"not-acceptable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*", "application/*", "text/html, */*;q=0.1",
			"application/problem+json", "*/*, application/json;q=0.1", "*/*;q=0, application/json" })
	void servesAClientThatAcceptsTheResponse(String accept) {
		this.client.get().uri(GALA).header("Accept", accept).exchange().expectStatus().isOk();
	}

	@ParameterizedTest
	@CsvSource({ "PATCH, /api/v1/events, 'POST,GET,HEAD'", "POST, /api/v1/events/x, 'GET,HEAD,PUT,PATCH,DELETE'",
			"DELETE, /api/v1/events/x/status, 'GET,HEAD'",
			"DELETE, /api/v1/events/x/registrations, 'POST,PUT,GET,HEAD'",
			"POST, /api/v1/events/x/holds, 'PUT,GET,HEAD'", "PATCH, /api/v1/events/x/holds/ada, 'PUT,GET,HEAD,DELETE'",
			"PUT, /api/v1/events/x/waiting-list, 'GET,HEAD'",
			"POST, /api/v1/events/x/waiting-list/ada, 'PUT,GET,HEAD,DELETE'",
			"PUT, /api/v1/events/x/users/ada, 'GET,HEAD'", "DELETE, /api/v1/events/x/journal, 'GET,HEAD'",
			"POST, /api/v1/events/x/registrations/ada, 'PUT,GET,HEAD,DELETE'", "POST, /, 'GET,HEAD'",
			"DELETE, /page/app.js, 'GET,HEAD'" })
	void rejectsAnUnknownMethodAndListsTheAllowedMethods(String method, String path, String allowed) {
		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method)).uri(path).exchange();

		response.expectHeader().valueEquals("Allow", allowed);
		expectProblem(response, 405, "method-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1", "/api/v1/nothing", "/api/v2/events", "/problems/unheard-of", "/page/nothing.js",
			"/page/../application.yml" })
	void findsNothingAtOtherPaths(String path) {
		expectProblem(this.client.get().uri(path).exchange(), 404, "not-found");
	}

	@Test
	void answersHeadLikeGet() {
		this.client.head().uri(GALA).exchange().expectStatus().isOk();
	}

	@Test
	void logsAnInternalErrorWithoutRevealingIt() {
		this.events.booking = Mono.error(new IllegalStateException("what went wrong"));

		WebTestClient.ResponseSpec response = this.client.put().uri(GALA + "/registrations/ada-lovelace").exchange();

		response.expectBody(String.class)
			.value((body) -> assertThat(body)
				.contains("\"code\":\"internal-error\"", "the request could not be answered")
				.doesNotContain("what went wrong", "Exception", "dev.lastseat"));
		response.expectStatus().isEqualTo(500);
		assertThat(this.log.lines()).singleElement()
			.asString()
			.contains("ERROR PUT /api/v1/events/{eventId}/registrations/{userId} failed", "what went wrong",
					"ProblemsTest")
			.doesNotContain("ada-lovelace");
	}

	@Test
	void namesTheRequestInAProblem() {
		post(EVENTS + "?limit=5", "{}").expectBody().jsonPath("$.instance").isEqualTo(EVENTS);
	}

	@ParameterizedTest
	@EnumSource
	void explainsEveryCodeOnAPage(ProblemCode code) {
		this.client.get()
			.uri("/problems/" + code.code())
			.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/html;charset=UTF-8")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains(code.code(), code.title(), code.explanation(),
					"status " + code.status().value()));
	}

	@Test
	void writesNumbersInAsciiDigits() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			this.client.get()
				.uri("/problems/sold-out")
				.header("Accept", "text/html")
				.exchange()
				.expectBody(String.class)
				.value((page) -> assertThat(page).contains("status 409"));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/html;q=0.5, application/json" })
	void explainsACodeInJson(String accept) {
		this.client.get()
			.uri("/problems/sold-out")
			.header("Accept", accept)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.json("""
					{"code": "sold-out", "title": "Sold out", "status": 409, "retryable": false, "explanation":
					"Too few seats were free when the request was decided. A seat that is given back, or whose hold \
					expires, is offered to waiting users; without waiting users, it can be booked again. For a party, \
					the member remaining has the number of free seats."}""", JsonCompareMode.STRICT);
	}

	@Test
	void explainsACodeInNoOtherMediaType() {
		expectProblem(this.client.get().uri("/problems/sold-out").header("Accept", "image/png").exchange(), 406,
				"not-acceptable");
	}

	private WebTestClient.ResponseSpec post(String path, String body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private void expectInvalid(WebTestClient.ResponseSpec response, String field, String message) {
		response.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].field")
			.isEqualTo(field)
			.jsonPath("$.errors[0].message")
			.isEqualTo(message);
		expectProblem(response, 400, "invalid-request");
	}

	private void expectProblem(WebTestClient.ResponseSpec response, int status, String code) {
		WebSlice.expectProblem(response, status, code);
		assertThat(this.events.calls).isEmpty();
	}

}
