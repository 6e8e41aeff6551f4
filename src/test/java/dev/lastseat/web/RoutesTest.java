package dev.lastseat.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.web.WebSlice.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of each route, one row of the table per test.
 */
class RoutesTest {

	private static final String EVENTS = "/api/v1/events";

	private static final String GALA = EVENTS + "/65f000000000000000000001";

	private static final String NEW_EVENT = "{\"title\": \"Gala\", \"startsAt\": \"2026-12-01T19:00:00Z\", \"capacity\": 3}";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web").allowing("WARN \\S+ \\S+ got .*");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	private WebTestClient.ResponseSpec post(String path, String body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static void expectJson(WebTestClient.ResponseSpec response, String body) {
		response.expectHeader().contentType(MediaType.APPLICATION_JSON).expectBody().json(body, JsonCompareMode.STRICT);
	}

	@Test
	void createsAnEvent() {
		WebTestClient.ResponseSpec response = post(EVENTS, """
				{"title": "Gala", "description": "An evening", "startsAt": "2026-12-01T20:00:00+01:00",
				 "endsAt": "2026-12-01T23:00:00Z", "capacity": 3, "salesOpenAt": "2026-11-01T10:00:00+01:00",
				 "salesCloseAt": "2026-12-01T18:00:00Z", "holdSeconds": 300, "offerSeconds": 1800}""");

		response.expectStatus().isCreated().expectHeader().location(GALA).expectHeader().valueEquals("ETag", "\"0\"");
		expectJson(response, """
				{"id": "65f000000000000000000001", "title": "Gala", "description": "An evening",
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": "2026-12-01T23:00:00Z", "capacity": 3,
				 "ticketsSold": 0, "held": 0, "waiting": 0, "remaining": 3, "salesOpenAt": "2026-11-01T09:00:00Z",
				 "salesCloseAt": "2026-12-01T18:00:00Z", "holdSeconds": 300, "offerSeconds": 1800,
				 "revision": 0}""");
	}

	@Test
	void listsTwentyEventsByDefault() {
		WebTestClient.ResponseSpec response = this.client.get().uri(EVENTS).exchange();

		response.expectStatus().isOk();
		expectJson(response, """
				{"events": [{"id": "65f000000000000000000001", "title": "Gala", "description": null,
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": null, "capacity": 3, "ticketsSold": 2, "held": 0,
				 "waiting": 0, "remaining": 1, "salesOpenAt": null, "salesCloseAt": null, "holdSeconds": null,
				 "offerSeconds": null, "revision": 7}], "next": null}""");
		response.expectHeader().doesNotExist("Link");
		assertThat(this.events.calls).containsExactly("list " + new EventQuery(null, null, null, null, 20));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100 })
	void listsUpToTheRequestedLimit(int limit) {
		this.client.get().uri(EVENTS + "?limit=" + limit).exchange().expectStatus().isOk();

		assertThat(this.events.calls).containsExactly("list " + new EventQuery(null, null, null, null, limit));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "ten", "", "1.5" })
	void rejectsALimitOutOfBounds(String limit) {
		WebTestClient.ResponseSpec response = this.client.get().uri(EVENTS + "?limit=" + limit).exchange();

		expectProblem(response, 400, "invalid-request", "the request has 1 invalid field");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void listsEventsFromAnInstantUpToAnother() {
		this.client.get()
			.uri(EVENTS + "?from=2026-01-01T00:00:00Z&to={to}", "2027-01-01T01:00:00+01:00")
			.exchange()
			.expectStatus()
			.isOk();

		assertThat(this.events.calls).containsExactly("list " + new EventQuery(Instant.parse("2026-01-01T00:00:00Z"),
				Instant.parse("2027-01-01T00:00:00Z"), null, null, 20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=tomorrow", "to=1700000000", "from=-999999999-01-01T00:00:00Z", "to=" })
	void rejectsABoundThatIsNotAnInstant(String bound) {
		expectProblem(this.client.get().uri(EVENTS + "?" + bound).exchange(), 400, "invalid-request",
				"the request has 1 invalid field");
	}

	@Test
	void explainsThatAPlusInAQueryIsASpace() {
		expectProblem(this.client.get().uri(URI.create(EVENTS + "?from=2026-01-01T00:00:00+01:00")).exchange(), 400,
				"invalid-request", "the request has 1 invalid field");
		this.client.get()
			.uri(URI.create(EVENTS + "?from=2026-01-01T00:00:00+01:00"))
			.exchange()
			.expectBody()
			.jsonPath("$.errors[0].message")
			.isEqualTo("must be an instant like 2026-12-01T19:00:00Z; in a query, the + of an offset is written %2B");
	}

	@ParameterizedTest
	@CsvSource({ "limit, invalid-request", "from, invalid-request", "to, invalid-request", "after, invalid-cursor" })
	void rejectsAParameterWithoutValue(String query, String code) {
		WebSlice.expectProblem(this.client.get().uri(EVENTS + "?" + query).exchange(), 400, code);
	}

	@Test
	void linksThePagesOfEvents() {
		this.events.nextEvent = EventQuery.Cursor.of(StubEvents.GALA);

		String link = nextLink(this.client.get().uri(EVENTS + "?limit=1&from=2026-01-01T00:00:00Z").exchange());

		assertThat(link).startsWith(EVENTS + "?limit=1&from=2026-01-01T00:00:00Z&after=");
		this.events.calls.clear();
		this.client.get().uri(URI.create(link)).exchange().expectStatus().isOk();
		assertThat(this.events.calls).containsExactly("list " + new EventQuery(Instant.parse("2026-01-01T00:00:00Z"),
				null, null, EventQuery.Cursor.of(StubEvents.GALA), 1));
	}

	@Test
	void listsTheEventsOfAUser() {
		this.events.nextEvent = EventQuery.Cursor.of(StubEvents.GALA);

		String link = nextLink(this.client.get().uri("/api/v1/users/ada/registrations?limit=1").exchange());

		assertThat(link).startsWith("/api/v1/users/ada/registrations?limit=1&after=");
		this.client.get().uri(URI.create(link)).exchange().expectStatus().isOk();
		assertThat(this.events.calls).containsExactly("list " + new EventQuery(null, null, new UserId("ada"), null, 1),
				"list " + new EventQuery(null, null, new UserId("ada"), EventQuery.Cursor.of(StubEvents.GALA), 1));
	}

	@Test
	void listsTheRegistrationsOfAnEvent() {
		WebTestClient.ResponseSpec response = this.client.get().uri(GALA + "/registrations").exchange();

		response.expectStatus().isOk().expectHeader().doesNotExist("Link");
		expectJson(response, """
				{"userIds": ["ada", "bob"], "next": null}""");
		assertThat(this.events.calls).containsExactly("registrations 65f000000000000000000001 null 20");
	}

	@Test
	void linksThePagesOfRegistrations() {
		RegistrationCursor position = new RegistrationCursor(2, new UserId("bob"));
		this.events.registrations = Mono.just(new Page<>(List.of(new UserId("ada"), new UserId("bob")), position));

		String link = nextLink(this.client.get().uri(GALA + "/registrations?limit=2").exchange());

		this.events.calls.clear();
		this.client.get().uri(URI.create(link)).exchange().expectStatus().isOk();
		assertThat(this.events.calls).containsExactly("registrations 65f000000000000000000001 " + position + " 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/events/65F000000000000000000001/registrations?after=",
			"/api/v1/events/%365f00000000000000000000%31/registrations?limit=7&after=" })
	void acceptsACursorForEveryFormOfThePath(String path) {
		RegistrationCursor position = new RegistrationCursor(2, new UserId("bob"));
		this.events.registrations = Mono.just(new Page<>(List.of(new UserId("ada"), new UserId("bob")), position));
		String link = nextLink(this.client.get().uri(GALA + "/registrations?limit=2").exchange());
		String cursor = link.substring(link.indexOf("after=") + "after=".length());

		String nextCursor = nextLink(this.client.get().uri(URI.create(path + cursor)).exchange());

		assertThat(nextCursor).endsWith("after=" + cursor);
		assertThat(this.events.calls).last().asString().contains("65f000000000000000000001 " + position);
	}

	@Test
	void acceptsACursorForEveryEncodingOfTheUser() {
		this.events.nextEvent = EventQuery.Cursor.of(StubEvents.GALA);
		String link = nextLink(this.client.get().uri(URI.create("/api/v1/users/a@b/registrations?limit=1")).exchange());

		this.client.get()
			.uri(URI.create(link.replace("a@b", "%61%40b").replace("limit=1", "limit=2")))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void doesNotListTheRegistrationsOfAnUnknownEvent() {
		this.events.registrations = Mono.empty();

		expectProblem(this.client.get().uri(GALA + "/registrations").exchange(), 404, "event-not-found",
				"there is no such event");
	}

	private static String nextLink(WebTestClient.ResponseSpec response) {
		String link = response.expectStatus().isOk().returnResult(String.class).getResponseHeaders().getFirst("Link");
		assertThat(link).matches("<.*>; rel=\"next\"");
		return link.substring(1, link.indexOf('>'));
	}

	@Test
	void changesTheNamedFields() {
		WebTestClient.ResponseSpec response = patch("{\"title\": \"Ball\", \"endsAt\": null}", null);

		response.expectStatus().isOk().expectHeader().valueEquals("ETag", "\"7\"");
		response.expectBody().jsonPath("$.id").isEqualTo("65f000000000000000000001");
		assertThat(this.events.calls).first()
			.isEqualTo("change 65f000000000000000000001 " + new EventChange(Set.of(Field.TITLE, Field.ENDS_AT), "Ball",
					null, null, null, 0, SaleTerms.DEFAULT) + " if " + RevisionCondition.NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"salesOpenAt\": null} | SALES_OPEN_AT | | | |",
			"{\"salesCloseAt\": null, \"holdSeconds\": null} | SALES_CLOSE_AT,HOLD_SECONDS | | | |",
			"{\"offerSeconds\": null} | OFFER_SECONDS | | | |",
			"{\"salesOpenAt\": \"2026-11-01T10:00:00Z\"} | SALES_OPEN_AT | 2026-11-01T10:00:00Z | | |",
			"{\"salesCloseAt\": \"2026-11-01T10:00:00Z\"} | SALES_CLOSE_AT | | 2026-11-01T10:00:00Z | |",
			"{\"holdSeconds\": 10} | HOLD_SECONDS | | | 10 |", "{\"offerSeconds\": 60} | OFFER_SECONDS | | | | 60" })
	void changesTheSale(String body, String fields, @Nullable Instant opensAt, @Nullable Instant closesAt,
			@Nullable Integer holdSeconds, @Nullable Integer offerSeconds) {
		patch(body, null).expectStatus().isOk();

		assertThat(this.events.calls).first()
			.isEqualTo("change 65f000000000000000000001 "
					+ new EventChange(Stream.of(fields.split(",")).map(Field::valueOf).collect(Collectors.toSet()),
							null, null, null, null, 0, new SaleTerms(opensAt, closesAt, holdSeconds, offerSeconds))
					+ " if " + RevisionCondition.NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"7\" | [7]", "* | null", "W/\"7\" | []", "\"x\" | []", "7 | []",
			"\"07\" | []", "\"-7\" | []", "'' | []", "\"a,\\\"7\" | []", "\"99999999999999999999\" | []" })
	void writesOnlyToTheRevisionInIfMatch(String ifMatch, String revisions) {
		patch("{\"capacity\": 5}", ifMatch).expectStatus().isOk();
		this.client.delete().uri(GALA).header("If-Match", ifMatch).exchange().expectStatus().isNoContent();

		assertThat(this.events.calls).filteredOn((call) -> !call.startsWith("find"))
			.hasSize(2)
			.allSatisfy(
					(call) -> assertThat(call).endsWith("if RevisionCondition[oneOf=" + revisions + ", noneOf=[]]"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "* | [] | []", "7 | [] | []", "'' | [] | []", "\"7\" | null | [7]",
			"W/\"7\" | null | [7]", "\"x\" | null | []" })
	void doesNotWriteToTheRevisionInIfNoneMatch(String ifNoneMatch, String oneOf, String noneOf) {
		this.client.delete().uri(GALA).header("If-None-Match", ifNoneMatch).exchange().expectStatus().isNoContent();
		this.client.patch()
			.uri(GALA)
			.header("If-None-Match", ifNoneMatch)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"capacity\": 5}")
			.exchange()
			.expectStatus()
			.isOk();

		assertThat(this.events.calls).filteredOn((call) -> !call.startsWith("find"))
			.hasSize(2)
			.allSatisfy((call) -> assertThat(call)
				.endsWith("if RevisionCondition[oneOf=" + oneOf + ", noneOf=" + noneOf + "]"));
	}

	/**
	 * A registration has no entity tag. The first value of {@code registered} is the
	 * state in the storage, the last is the expected call to the storage.
	 */
	@ParameterizedTest
	@CsvSource({ "PUT, If-None-Match, *, true, 412, book", "PUT, If-None-Match, *, false, 201, book",
			"PUT, If-None-Match, \"1\", true, 200, book", "PUT, If-Match, *, true, 200, registered",
			"PUT, If-Match, *, false, 412, registered", "PUT, If-Match, \"1\", true, 412, registered",
			"PUT, If-Match, \"1\", false, 412, registered", "DELETE, If-Match, *, true, 204, release",
			"DELETE, If-Match, *, false, 412, release", "DELETE, If-Match, \"1\", true, 412, registered",
			"DELETE, If-Match, \"1\", false, 412, registered", "DELETE, If-None-Match, *, true, 412, registered",
			"DELETE, If-None-Match, *, false, 204, registered", "DELETE, If-None-Match, \"1\", true, 204, release" })
	void checksThePreconditionsOfARegistration(String method, String header, String value, boolean registered,
			int status, String asked) {
		this.events.booking = Mono.just(registered ? BookingOutcome.ALREADY_REGISTERED : BookingOutcome.BOOKED);
		this.events.release = Mono.just(registered ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_REGISTERED);
		this.events.registered = Mono.just(registered);

		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method))
			.uri(GALA + "/registrations/ada")
			.header(header, value)
			.exchange();

		response.expectStatus().isEqualTo(status);
		assertThat(this.events.calls).containsExactly(asked + " 65f000000000000000000001 ada");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, If-Match, *", "DELETE, If-None-Match, *" })
	void answers404ToAConditionalRegistrationOfAnUnknownEvent(String method, String header, String value) {
		this.events.registered = Mono.empty();

		expectProblem(this.client.method(HttpMethod.valueOf(method))
			.uri(GALA + "/registrations/ada")
			.header(header, value)
			.exchange(), 404, "event-not-found", "there is no such event");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/api/v1/events | {\"title\": \"Gala\", \"startsAt\": \"2026-12-01T20:00:00Z\", \"capacity\": 3}",
					"/api/v1/events/65f000000000000000000001/registrations | {\"userId\": \"ada\"}" })
	void addsNothingToAListWhenThePreconditionFails(String list, String body) {
		for (String header : List.of("If-Match: \"1\"", "If-None-Match: *")) {
			HttpHeaders headers = new HttpHeaders();
			headers.set(header.split(": ")[0], header.split(": ")[1]);
			expectProblem(send(HttpMethod.POST, list, body, headers), 412, "precondition-failed",
					"the precondition of the request is not met");
		}
		assertThat(this.events.calls).isEmpty();

		HttpHeaders met = new HttpHeaders();
		met.setIfMatch("*");
		send(HttpMethod.POST, list, body, met).expectStatus().isCreated();
	}

	@ParameterizedTest
	@ValueSource(strings = { EVENTS, GALA, GALA + "/status", GALA + "/registrations", GALA + "/registrations/ada",
			GALA + "/holds", GALA + "/holds/ada", GALA + "/waiting-list", GALA + "/waiting-list/ada",
			GALA + "/users/ada", GALA + "/journal", "/api/v1/users/ada/registrations" })
	void answers304ToIfNoneMatchOfAnyRepresentation(String path) {
		this.client.get()
			.uri(path)
			.header("If-None-Match", "*")
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectBody()
			.isEmpty();
		expectProblem(this.client.get().uri(path).header("If-Match", "\"1\"").exchange(), 412, "precondition-failed",
				"the precondition of the request is not met");
	}

	private WebTestClient.ResponseSpec put(String header, String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(header, value);
		return send(HttpMethod.PUT, GALA, NEW_EVENT, headers);
	}

	@Test
	void createsAnEventWithTheIdOfTheClient() {
		WebTestClient.ResponseSpec response = put("Accept", "application/json");

		response.expectStatus().isCreated().expectHeader().location(GALA).expectHeader().valueEquals("ETag", "\"7\"");
		response.expectBody().jsonPath("$.id").isEqualTo("65f000000000000000000001");
		assertThat(this.events.calls).containsExactly("create 65f000000000000000000001 Gala");
	}

	@Test
	void returnsTheEventThatTheClientHasAlreadyCreated() {
		this.events.creation = Mono.just(new EventCreation(EventCreation.Outcome.ALREADY_CREATED, StubEvents.GALA));

		WebTestClient.ResponseSpec response = put("Accept", "application/json");

		response.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("ETag", "\"7\"")
			.expectHeader()
			.doesNotExist("Location");
		response.expectBody().jsonPath("$.ticketsSold").isEqualTo(2);
	}

	@Test
	void doesNotCreateAnEventWithAnExistingId() {
		this.events.creation = Mono.just(EventCreation.ID_TAKEN);

		expectProblem(put("Accept", "application/json"), 409, "event-exists", "the id belongs to another event");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "gala", "65f00000000000000000000", "65f0000000000000000000011", "65f00000000000000000000g" })
	void createsNoEventWithAnInvalidId(String id) {
		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, EVENTS + "/" + id, NEW_EVENT, new HttpHeaders());

		WebSlice.expectProblem(response, 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo("eventId")
			.jsonPath("$.errors[0].message")
			.isEqualTo("must be 24 hexadecimal digits");
		assertThat(this.events.calls).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "If-None-Match, *, 412", "If-None-Match, \"7\", 412", "If-None-Match, \"6\", 200" })
	void checksThePreconditionsOfARepeatedCreation(String header, String value, int status) {
		this.events.creation = Mono.just(new EventCreation(EventCreation.Outcome.ALREADY_CREATED, StubEvents.GALA));

		put(header, value).expectStatus().isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "*, 200", "\"7\", 200", "\"6\", 412", "W/\"7\", 412" })
	void createsNoEventWithIfMatch(String ifMatch, int status) {
		put("If-Match", ifMatch).expectStatus().isEqualTo(status);

		this.events.found = Mono.empty();
		put("If-Match", ifMatch).expectStatus().isEqualTo(412);
		assertThat(this.events.calls).allMatch((call) -> call.startsWith("find"));
	}

	@ParameterizedTest
	@CsvSource({ "'', false", "?withRegistrations=false, false", "?withRegistrations=true, true" })
	void deletesAnEventWithItsRegistrationsOnRequest(String query, boolean withRegistrations) {
		this.client.delete().uri(GALA + query).exchange().expectStatus().isNoContent();

		assertThat(this.events.calls).containsExactly("delete 65f000000000000000000001"
				+ (withRegistrations ? " with registrations" : "") + " if " + RevisionCondition.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "withRegistrations", "withRegistrations=", "withRegistrations=yes",
			"withRegistrations=TRUE", "withRegistrations=true&withRegistrations=true" })
	void deletesNothingWhenTheFlagIsInvalid(String query) {
		WebTestClient.ResponseSpec response = this.client.delete().uri(GALA + "?" + query).exchange();

		WebSlice.expectProblem(response, 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo("withRegistrations");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void reportsAnUnknownOutcomeWhenTheChangedEventCannotBeRead() {
		this.events.found = Mono.error(new StorageException.Unavailable(new IllegalStateException("away")));

		expectUnknown(patch("{\"capacity\": 5}", "\"7\""), true);
	}

	@ParameterizedTest
	@CsvSource({ "STALE, 412, precondition-failed, the precondition of the request is not met",
			"CAPACITY_BELOW_SOLD, 409, capacity-below-sold, more seats are sold or held than the new capacity allows",
			"ENDS_BEFORE_START, 400, invalid-request, the request has 1 invalid field",
			"CLOSES_BEFORE_OPENING, 400, invalid-request, the request has 1 invalid field",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedChange(ChangeOutcome outcome, int status, String code, String detail) {
		this.events.change = Mono.just(outcome);

		expectProblem(patch("{\"capacity\": 5}", "\"6\""), status, code, detail);
	}

	private WebTestClient.ResponseSpec patch(String body, @Nullable String ifMatch) {
		return this.client.patch().uri(GALA).contentType(MediaType.APPLICATION_JSON).headers((headers) -> {
			if (ifMatch != null) {
				headers.set("If-Match", ifMatch);
			}
		}).bodyValue(body).exchange();
	}

	@Test
	void deletesAnEvent() {
		this.client.delete().uri(GALA).exchange().expectStatus().isNoContent().expectBody().isEmpty();

		assertThat(this.events.calls).containsExactly("delete 65f000000000000000000001 if " + RevisionCondition.NONE);
	}

	@ParameterizedTest
	@CsvSource({ "HAS_REGISTRATIONS, 409, event-has-registrations, the event has registrations or holds",
			"STALE, 412, precondition-failed, the precondition of the request is not met",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedDeletion(DeletionOutcome outcome, int status, String code, String detail) {
		this.events.deletion = Mono.just(outcome);

		expectProblem(this.client.delete().uri(GALA).exchange(), status, code, detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"7\"", "W/\"7\"", "\"6\", \"7\"" })
	void answers304WhenTheClientHasTheEvent(String ifNoneMatch) {
		this.client.get()
			.uri(GALA)
			.header("If-None-Match", ifNoneMatch)
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectHeader()
			.valueEquals("ETag", "\"7\"")
			.expectBody()
			.isEmpty();
	}

	@Test
	void sendsAnEventWhenTheClientHasAnotherRevision() {
		this.client.get()
			.uri(GALA)
			.header("If-None-Match", "\"6\"")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("ETag", "\"7\"");
	}

	@Test
	void readsAnEvent() {
		WebTestClient.ResponseSpec response = this.client.get().uri(GALA).exchange();

		response.expectStatus().isOk();
		expectJson(response, """
				{"id": "65f000000000000000000001", "title": "Gala", "description": null,
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": null, "capacity": 3, "ticketsSold": 2, "held": 0,
				 "waiting": 0, "remaining": 1, "salesOpenAt": null, "salesCloseAt": null, "holdSeconds": null,
				 "offerSeconds": null, "revision": 7}""");
	}

	@Test
	void doesNotFindAnUnknownEvent() {
		this.events.found = Mono.empty();

		expectProblem(this.client.get().uri(GALA).exchange(), 404, "event-not-found", "there is no such event");
	}

	@Test
	void readsTheStatus() {
		WebTestClient.ResponseSpec response = this.client.get().uri(GALA + "/status").exchange();

		response.expectStatus().isOk();
		expectJson(response,
				"""
						{"eventId": "65f000000000000000000001", "capacity": 3, "ticketsSold": 2, "held": 0,
						 "waiting": 0, "remaining": 1, "soldOut": false, "salesOpenAt": null, "salesCloseAt": null, "revision": 7}""");
	}

	@Test
	void showsHeldSeatsAndTheSale() {
		this.events.found = Mono.just(ExampleRequest.GALA);

		expectJson(this.client.get().uri(GALA + "/status").exchange(), """
				{"eventId": "65f000000000000000000001", "capacity": 3, "ticketsSold": 1, "held": 1,
				 "waiting": 0, "remaining": 1, "soldOut": false, "salesOpenAt": "2026-11-01T10:00:00Z",
				 "salesCloseAt": "2026-12-01T18:00:00Z", "revision": 7}""");
		expectJson(this.client.get().uri(GALA).exchange(), """
				{"id": "65f000000000000000000001", "title": "Gala", "description": "An evening",
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": "2026-12-01T23:00:00Z", "capacity": 3,
				 "ticketsSold": 1, "held": 1, "waiting": 0, "remaining": 1, "salesOpenAt": "2026-11-01T10:00:00Z",
				 "salesCloseAt": "2026-12-01T18:00:00Z", "holdSeconds": 300, "offerSeconds": 1800,
				 "revision": 7}""");
	}

	/** One seat is free, for the users that are waiting. */
	@Test
	void showsNoSeatToNewUsersWhileUsersAreWaiting() {
		this.events.found = Mono.just(StubEvents.withWaiting(4));

		expectJson(this.client.get().uri(GALA + "/status").exchange(), """
				{"eventId": "65f000000000000000000001", "capacity": 3, "ticketsSold": 2, "held": 0,
				 "waiting": 4, "remaining": 0, "soldOut": true, "salesOpenAt": null, "salesCloseAt": null,
				 "revision": 7}""");
		this.client.get()
			.uri(GALA)
			.exchange()
			.expectBody()
			.jsonPath("$.waiting")
			.isEqualTo(4)
			.jsonPath("$.remaining")
			.isEqualTo(0);
	}

	@Test
	void doesNotFindTheStatusOfAnUnknownEvent() {
		this.events.found = Mono.empty();

		expectProblem(this.client.get().uri(GALA + "/status").exchange(), 404, "event-not-found",
				"there is no such event");
	}

	@Test
	void registersAUser() {
		WebTestClient.ResponseSpec response = post(GALA + "/registrations", "{\"userId\": \"ada@example.org\"}");

		response.expectStatus().isCreated().expectHeader().location(GALA + "/registrations/ada@example.org");
		expectJson(response, """
				{"eventId": "65f000000000000000000001", "userId": "ada@example.org"}""");
		assertThat(this.events.calls).containsExactly("book 65f000000000000000000001 ada@example.org");
	}

	@ParameterizedTest
	@CsvSource({ "ALREADY_REGISTERED, 409, already-registered, user already registered for event",
			"SOLD_OUT, 409, sold-out, event capacity reached", "CLOSED, 409, sales-closed, the sale is closed",
			"NOT_OPEN, 409, sales-not-open, the sale has not opened yet",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedRegistration(BookingOutcome outcome, int status, String code, String detail) {
		this.events.booking = Mono.just(outcome);

		expectProblem(post(GALA + "/registrations", "{\"userId\": \"ada\"}"), status, code, detail);
	}

	@ParameterizedTest
	@CsvSource({ "BOOKED, 201", "CONFIRMED, 201", "ALREADY_REGISTERED, 200" })
	void ensuresARegistration(BookingOutcome outcome, int status) {
		this.events.booking = Mono.just(outcome);

		WebTestClient.ResponseSpec response = this.client.put().uri(GALA + "/registrations/ada").exchange();

		response.expectStatus().isEqualTo(status);
		expectJson(response, """
				{"eventId": "65f000000000000000000001", "userId": "ada"}""");
		assertThat(this.events.calls).containsExactly("book 65f000000000000000000001 ada");
	}

	@Test
	void sendsTheLocationOfAnEnsuredRegistration() {
		this.client.put()
			.uri(GALA + "/registrations/ada")
			.exchange()
			.expectHeader()
			.location(GALA + "/registrations/ada");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "auth0|5f7c auth0%7C5f7c", "a+b@example.org a%2Bb@example.org", "CN=Ada,O=X CN%3DAda%2CO%3DX",
					"c3Vi+/== c3Vi%2B%2F%3D%3D", "mx;v=1 mx%3Bv%3D1", "100%41 100%2541", "$set %24set",
					"https://id.example.org/u?q=1#me https:%2F%2Fid.example.org%2Fu%3Fq%3D1%23me" })
	void acceptsAPercentEncodedUserId(String user, String segment) {
		String registration = GALA + "/registrations/" + segment;

		this.client.put()
			.uri(URI.create(registration))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.location(registration);
		this.client.get().uri(URI.create(registration)).exchange().expectBody().jsonPath("$.userId").isEqualTo(user);
		this.client.delete().uri(URI.create(registration)).exchange().expectStatus().isNoContent();
		this.client.get()
			.uri(URI.create("/api/v1/users/" + segment + "/registrations"))
			.exchange()
			.expectStatus()
			.isOk();

		String event = "65f000000000000000000001";
		assertThat(this.events.calls).containsExactly("book " + event + " " + user, "registered " + event + " " + user,
				"release " + event + " " + user, "list " + new EventQuery(null, null, new UserId(user), null, 20));
	}

	@ParameterizedTest
	@CsvSource({ "SOLD_OUT, 409, sold-out, event capacity reached", "CLOSED, 409, sales-closed, the sale is closed",
			"NOT_OPEN, 409, sales-not-open, the sale has not opened yet",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedEnsuredRegistration(BookingOutcome outcome, int status, String code, String detail) {
		this.events.booking = Mono.just(outcome);

		expectProblem(this.client.put().uri(GALA + "/registrations/ada").exchange(), status, code, detail);
	}

	@Test
	void readsARegistration() {
		WebTestClient.ResponseSpec response = this.client.get().uri(GALA + "/registrations/ada").exchange();

		response.expectStatus().isOk();
		expectJson(response, """
				{"eventId": "65f000000000000000000001", "userId": "ada"}""");
	}

	@Test
	void doesNotFindAMissingRegistration() {
		this.events.registered = Mono.just(false);

		expectProblem(this.client.get().uri(GALA + "/registrations/ada").exchange(), 404, "registration-not-found",
				"user not registered for event");
	}

	@Test
	void doesNotFindARegistrationOfAnUnknownEvent() {
		this.events.registered = Mono.empty();

		expectProblem(this.client.get().uri(GALA + "/registrations/ada").exchange(), 404, "event-not-found",
				"there is no such event");
	}

	@ParameterizedTest
	@ValueSource(strings = { "RELEASED", "NOT_REGISTERED" })
	void releasesARegistrationRepeatedly(ReleaseOutcome outcome) {
		this.events.release = Mono.just(outcome);

		this.client.delete()
			.uri(GALA + "/registrations/ada")
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectBody()
			.isEmpty();
		assertThat(this.events.calls).containsExactly("release 65f000000000000000000001 ada");
	}

	@Test
	void doesNotReleaseARegistrationOfAnUnknownEvent() {
		this.events.release = Mono.just(ReleaseOutcome.EVENT_NOT_FOUND);

		expectProblem(this.client.delete().uri(GALA + "/registrations/ada").exchange(), 404, "event-not-found",
				"there is no such event");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "GET", "DELETE" })
	void rejectsAPathWithAnInvalidUserId(String method) {
		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method))
			.uri(GALA + "/registrations/{userId}", "a b")
			.exchange();

		expectProblem(response, 400, "invalid-request", "the request has 1 invalid field");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void reportsAnUnknownOutcomeWhenABookingTimesOut() {
		this.events.booking = Mono.error(new StorageException.OutcomeUnknown(new IllegalStateException("reset")));

		WebTestClient.ResponseSpec response = this.client.put().uri(GALA + "/registrations/ada").exchange();

		response.expectHeader().valueEquals("Retry-After", "1");
		expectProblem(response, 503, "outcome-unknown", "the storage did not confirm in time; the outcome is unknown");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /registrations/ada, , true", "DELETE, /registrations/ada, , true", "DELETE, '', , true",
			"PUT, /holds/ada, , true", "DELETE, /holds/ada, , true", "PUT, /waiting-list/ada, , true",
			"DELETE, /waiting-list/ada, , true", "PUT, /registrations, '{\"userIds\": [\"ada\"]}', true",
			"PUT, /holds, '{\"userIds\": [\"ada\"]}', true", "POST, /registrations, {\"userId\": \"ada\"}, true",
			"PATCH, '', {\"capacity\": 3}, false" })
	void reportsWhetherARequestWithUnknownOutcomeIsSafeToRepeat(String method, String path, @Nullable String body,
			boolean retryable) {
		loseEveryAnswer();

		expectUnknown(send(HttpMethod.valueOf(method), GALA + path, body, new HttpHeaders()), retryable);
	}

	@Test
	void doesNotSuggestToCreateAnEventTwice() {
		loseEveryAnswer();

		expectUnknown(post(EVENTS, "{\"title\": \"Gala\", \"startsAt\": \"2026-12-01T20:00:00Z\", \"capacity\": 3}"),
				false);
	}

	@ParameterizedTest
	@CsvSource({ "\"7\", true", "*, false" })
	void reportsAChangeWithAnEntityTagAsSafeToRepeat(String ifMatch, boolean retryable) {
		loseEveryAnswer();

		expectUnknown(patch("{\"capacity\": 3}", ifMatch), retryable);
	}

	private void loseEveryAnswer() {
		StorageException unknown = new StorageException.OutcomeUnknown(new IllegalStateException("reset"));
		this.events.found = Mono.error(unknown);
		this.events.booking = Mono.error(unknown);
		this.events.release = Mono.error(unknown);
		this.events.hold = Mono.error(unknown);
		this.events.holdRelease = Mono.error(unknown);
		this.events.party = Mono.error(unknown);
		this.events.partyHold = Mono.error(unknown);
		this.events.join = Mono.error(unknown);
		this.events.leave = Mono.error(unknown);
		this.events.change = Mono.error(unknown);
		this.events.deletion = Mono.error(unknown);
	}

	private WebTestClient.ResponseSpec send(HttpMethod method, String path, @Nullable String body,
			HttpHeaders headers) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri(path)
			.headers((all) -> all.addAll(headers));
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
				: request.exchange();
	}

	private static void expectUnknown(WebTestClient.ResponseSpec response, boolean retryable) {
		response.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals("Retry-After", "1")
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("outcome-unknown")
			.jsonPath("$.retryable")
			.isEqualTo(retryable);
	}

	@Test
	void reportsThatAnUnreachableStorageChangedNothing() {
		this.events.booking = Mono.error(new StorageException.Unavailable(new IllegalStateException("away")));

		WebTestClient.ResponseSpec response = post(GALA + "/registrations", "{\"userId\": \"ada\"}");

		response.expectHeader().valueEquals("Retry-After", "1");
		expectProblem(response, 503, "storage-unavailable", "the storage cannot be reached; nothing was changed");
	}

	@Test
	void suggestsToRetryWhenOverloaded() {
		this.events.booking = Mono.error(new StorageException.Busy());

		expectProblem(post(GALA + "/registrations", "{\"userId\": \"ada\"}"), 503, "storage-unavailable",
				"storage busy; nothing was changed");
	}

	@Test
	void spreadsTheRetriesOfRejectedClients() {
		this.events.booking = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		Set<String> seconds = new HashSet<>();

		for (int request = 0; request < 50; request++) {
			WebTestClient.ResponseSpec response = post(GALA + "/registrations", "{\"userId\": \"ada\"}");
			expectProblem(response, 503, "overloaded", "too many requests are waiting; nothing was changed");
			response.expectHeader().value("Retry-After", seconds::add);
		}

		assertThat(seconds).hasSizeGreaterThan(1).isSubsetOf("1", "2", "3", "4", "5");
	}

	@Test
	void reportsThatACancellationTimedOut() {
		this.events.release = Mono.error(new OverloadedException(OverloadedException.Reason.LATE));

		expectProblem(this.client.delete().uri(GALA + "/registrations/ada").exchange(), 503, "overloaded",
				"the request has waited too long; nothing was changed");
	}

	@Test
	void limitsTheWaitOfAClient() {
		this.events.booking = Mono.never();
		this.events.found = Mono.never();
		WebTestClient impatient = WebSlice.client(this.events, Duration.ofMillis(200));

		expectProblem(impatient.put().uri(GALA + "/registrations/ada").exchange(), 503, "outcome-unknown",
				"the storage did not confirm in time; the outcome is unknown");
		expectProblem(impatient.get().uri(GALA).exchange(), 503, "storage-unavailable",
				"the storage cannot be reached; nothing was changed");
	}

}
