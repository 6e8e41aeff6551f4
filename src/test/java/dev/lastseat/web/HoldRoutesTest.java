package dev.lastseat.web;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.web.WebSlice.expectJson;
import static dev.lastseat.web.WebSlice.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The contract of the routes of holds and parties.
 */
class HoldRoutesTest {

	private static final String EVENT = "65f000000000000000000001";

	private static final String GALA = "/api/v1/events/" + EVENT;

	private static final String HOLD = GALA + "/holds/ada";

	private static final String PARTY = "{\"userIds\": [\"bob\", \"ada\"]}";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	private WebTestClient.ResponseSpec send(HttpMethod method, String path) {
		return this.client.method(method).uri(URI.create(path)).exchange();
	}

	private WebTestClient.ResponseSpec putParty(String list) {
		return putParty(list, PARTY);
	}

	private WebTestClient.ResponseSpec putParty(String list, String body) {
		return this.client.put().uri(GALA + list).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	@Test
	void holdsASeat() {
		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, HOLD);

		response.expectHeader().location(HOLD);
		expectJson(response, 201, """
				{"eventId": "65f000000000000000000001", "userId": "ada", "expiresAt": "2026-06-01T12:10:00Z",
				 "offer": false}""");
		assertThat(this.events.calls).containsExactly("hold " + EVENT + " ada");
	}

	@Test
	void returnsTheHoldThatTheUserAlreadyHas() {
		this.events.hold = Mono.just(new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, StubEvents.HOLD));

		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, HOLD);

		response.expectHeader().doesNotExist("Location");
		expectJson(response, 200, """
				{"eventId": "65f000000000000000000001", "userId": "ada", "expiresAt": "2026-06-01T12:10:00Z",
				 "offer": false}""");
	}

	@ParameterizedTest
	@CsvSource({ "ALREADY_REGISTERED, 409, already-registered, user already registered for event",
			"SOLD_OUT, 409, sold-out, event capacity reached", "CLOSED, 409, sales-closed, the sale is closed",
			"NOT_OPEN, 409, sales-not-open, the sale has not opened yet",
			"TOO_MANY_HOLDS, 503, overloaded, too many seats of the event are held; nothing was changed",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedHold(HoldOutcome.Kind outcome, int status, String code, String detail) {
		this.events.hold = Mono.just(HoldOutcome.refused(outcome));

		expectProblem(send(HttpMethod.PUT, HOLD), status, code, detail);
	}

	@Test
	void suggestsToRetryWhenTooManySeatsAreHeld() {
		this.events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS));

		send(HttpMethod.PUT, HOLD).expectHeader()
			.value("Retry-After", (seconds) -> assertThat(seconds).matches("[1-5]"));
	}

	@Test
	void reportsThatARequestForAHoldWaitedTooLong() {
		this.events.hold = Mono.error(new OverloadedException(OverloadedException.Reason.LATE));

		expectProblem(send(HttpMethod.PUT, HOLD), 503, "overloaded",
				"the request has waited too long; nothing was changed");
	}

	@Test
	void readsAHold() {
		expectJson(send(HttpMethod.GET, HOLD), 200, """
				{"eventId": "65f000000000000000000001", "userId": "ada", "expiresAt": "2026-06-01T12:10:00Z",
				 "offer": false}""");
		assertThat(this.events.calls).containsExactly("held " + EVENT + " ada");
	}

	@Test
	void answersHeadLikeGet() {
		send(HttpMethod.HEAD, HOLD).expectStatus().isOk();
		send(HttpMethod.HEAD, GALA + "/holds").expectStatus().isOk();
	}

	@Test
	void doesNotFindAMissingHold() {
		this.events.held = Mono.just(false);

		expectProblem(send(HttpMethod.GET, HOLD), 404, "hold-not-found", "user has no hold of event");
	}

	@Test
	void doesNotFindAHoldOfAnUnknownEvent() {
		this.events.held = Mono.empty();

		expectProblem(send(HttpMethod.GET, HOLD), 404, "event-not-found", "there is no such event");
	}

	@ParameterizedTest
	@EnumSource(names = "EVENT_NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
	void releasesAHoldRepeatedly(HoldReleaseOutcome outcome) {
		this.events.holdRelease = Mono.just(outcome);

		send(HttpMethod.DELETE, HOLD).expectStatus().isNoContent().expectBody().isEmpty();
		assertThat(this.events.calls).containsExactly("release hold " + EVENT + " ada");
	}

	@Test
	void doesNotReleaseAHoldOfAnUnknownEvent() {
		this.events.holdRelease = Mono.just(HoldReleaseOutcome.EVENT_NOT_FOUND);

		expectProblem(send(HttpMethod.DELETE, HOLD), 404, "event-not-found", "there is no such event");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "auth0|5f7c auth0%7C5f7c", "a+b@example.org a%2Bb@example.org", "$a.b %24a.b" })
	void acceptsAPercentEncodedUserId(String user, String segment) {
		String hold = GALA + "/holds/" + segment;

		send(HttpMethod.GET, hold).expectBody().jsonPath("$.userId").isEqualTo(user);
		send(HttpMethod.DELETE, hold).expectStatus().isNoContent();
		this.events.hold = Mono.just(new HoldOutcome(HoldOutcome.Kind.HELD, StubEvents.hold(user)));
		send(HttpMethod.PUT, hold).expectStatus().isCreated().expectHeader().location(hold);

		assertThat(this.events.calls).containsExactly("held " + EVENT + " " + user,
				"release hold " + EVENT + " " + user, "hold " + EVENT + " " + user);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "GET", "DELETE" })
	void rejectsAPathWithAnInvalidUserId(String method) {
		expectProblem(send(HttpMethod.valueOf(method), GALA + "/holds/a%20b"), 400, "invalid-request",
				"the request has 1 invalid field");
		assertThat(this.events.calls).isEmpty();
	}

	/**
	 * A hold has no entity tag. The first value of {@code held} is the state in the
	 * storage, the last is the expected call to the storage.
	 */
	@ParameterizedTest
	@CsvSource({ "PUT, If-None-Match, *, true, 412, hold", "PUT, If-None-Match, *, false, 201, hold",
			"PUT, If-None-Match, \"1\", true, 200, hold", "PUT, If-Match, *, true, 200, held",
			"PUT, If-Match, *, false, 412, held", "PUT, If-Match, \"1\", true, 412, held",
			"PUT, If-Match, \"1\", false, 412, held", "DELETE, If-Match, *, true, 204, release hold",
			"DELETE, If-Match, *, false, 412, release hold", "DELETE, If-Match, \"1\", true, 412, held",
			"DELETE, If-Match, \"1\", false, 412, held", "DELETE, If-None-Match, *, true, 412, held",
			"DELETE, If-None-Match, *, false, 204, held", "DELETE, If-None-Match, \"1\", true, 204, release hold" })
	void checksThePreconditionsOfAHold(String method, String header, String value, boolean held, int status,
			String asked) {
		this.events.hold = Mono
			.just(new HoldOutcome(held ? HoldOutcome.Kind.ALREADY_HELD : HoldOutcome.Kind.HELD, StubEvents.HOLD));
		this.events.holdRelease = Mono.just(held ? HoldReleaseOutcome.RELEASED : HoldReleaseOutcome.NOT_HELD);
		this.events.held = Mono.just(held);

		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method))
			.uri(HOLD)
			.header(header, value)
			.exchange();

		response.expectStatus().isEqualTo(status);
		assertThat(this.events.calls).containsExactly(asked + " " + EVENT + " ada");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, If-Match, *", "DELETE, If-None-Match, *" })
	void answers404ToAConditionalHoldOfAnUnknownEvent(String method, String header, String value) {
		this.events.held = Mono.empty();

		expectProblem(this.client.method(HttpMethod.valueOf(method)).uri(HOLD).header(header, value).exchange(), 404,
				"event-not-found", "there is no such event");
	}

	@Test
	void listsTheHoldsOfAnEvent() {
		WebTestClient.ResponseSpec response = send(HttpMethod.GET, GALA + "/holds");

		response.expectHeader().doesNotExist("Link");
		expectJson(response, 200, """
				{"holds": [{"userId": "ada", "expiresAt": "2026-06-01T12:10:00Z", "offer": false},
				 {"userId": "bob", "expiresAt": "2026-06-01T12:10:00Z", "offer": false}], "next": null}""");
		assertThat(this.events.calls).containsExactly("holds " + EVENT + " " + new HoldQuery(null, null, 20));
	}

	@ParameterizedTest
	@CsvSource({ "true", "false" })
	void listsOffersOrTheOtherHolds(boolean offers) {
		send(HttpMethod.GET, GALA + "/holds?limit=7&offers=" + offers).expectStatus().isOk();

		assertThat(this.events.calls).containsExactly("holds " + EVENT + " " + new HoldQuery(offers, null, 7));
	}

	@Test
	void linksThePagesOfHolds() {
		HoldQuery.Cursor position = HoldQuery.Cursor.of(StubEvents.HOLD);
		this.events.holds = Mono.just(new Page<>(List.of(StubEvents.HOLD), position));

		String link = send(HttpMethod.GET, GALA + "/holds?limit=1&offers=false").expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Link");

		assertThat(link).matches("<" + GALA + "/holds\\?limit=1&offers=false&after=[\\w-]+>; rel=\"next\"");
		this.events.calls.clear();
		send(HttpMethod.GET, link.substring(1, link.indexOf('>'))).expectStatus().isOk();
		assertThat(this.events.calls).containsExactly("holds " + EVENT + " " + new HoldQuery(false, position, 1));
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=101, limit", "offers, offers", "offers=, offers", "offers=yes, offers",
			"offers=true&offers=true, offers" })
	void rejectsAnInvalidParameter(String query, String field) {
		WebSlice.expectProblem(send(HttpMethod.GET, GALA + "/holds?" + query), 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void doesNotListTheHoldsOfAnUnknownEvent() {
		this.events.holds = Mono.empty();

		expectProblem(send(HttpMethod.GET, GALA + "/holds"), 404, "event-not-found", "there is no such event");
	}

	@Test
	void registersAParty() {
		expectJson(putParty("/registrations"), 201, """
				{"eventId": "65f000000000000000000001", "booked": ["ada"], "held": ["bob"]}""");
		assertThat(this.events.calls).containsExactly("book " + EVENT + " [bob, ada]");
	}

	@Test
	void answers200WhenThePartyWasRegisteredBefore() {
		this.events.party = Mono.just(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(),
				List.of(new UserId("bob"), new UserId("ada")), 0));

		expectJson(putParty("/registrations"), 200, """
				{"eventId": "65f000000000000000000001", "booked": [], "held": ["bob", "ada"]}""");
	}

	@Test
	void holdsSeatsForAPartyAndListsThemInTheOrderOfTheRequest() {
		this.events.partyHold = Mono.just(new PartyHoldOutcome(HoldOutcome.Kind.HELD,
				List.of(StubEvents.hold("d"), StubEvents.hold("a")), List.of(StubEvents.hold("c")), 0));

		expectJson(putParty("/holds", "{\"userIds\": [\"d\", \"c\", \"a\"]}"), 201, """
				{"eventId": "65f000000000000000000001", "holds":
				 [{"userId": "d", "expiresAt": "2026-06-01T12:10:00Z", "offer": false},
				  {"userId": "c", "expiresAt": "2026-06-01T12:10:00Z", "offer": false},
				  {"userId": "a", "expiresAt": "2026-06-01T12:10:00Z", "offer": false}], "created": ["d", "a"]}""");
		assertThat(this.events.calls).containsExactly("hold " + EVENT + " [d, c, a]");
	}

	@Test
	void answers200WhenThePartyHadItsHoldsBefore() {
		this.events.partyHold = Mono.just(new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(),
				List.of(StubEvents.hold("ada"), StubEvents.hold("bob")), 0));

		expectJson(putParty("/holds"), 200, """
				{"eventId": "65f000000000000000000001", "holds":
				 [{"userId": "bob", "expiresAt": "2026-06-01T12:10:00Z", "offer": false},
				  {"userId": "ada", "expiresAt": "2026-06-01T12:10:00Z", "offer": false}], "created": []}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/registrations", "/holds" })
	void saysHowManySeatsAreFreeWhenAPartyDoesNotFit(String list) {
		this.events.party = Mono.just(PartyOutcome.soldOut(1));
		this.events.partyHold = Mono.just(PartyHoldOutcome.soldOut(1));

		WebSlice.expectProblem(putParty(list), 409, "sold-out")
			.jsonPath("$.detail")
			.isEqualTo("event capacity reached")
			.jsonPath("$.remaining")
			.isEqualTo(1);
	}

	static Stream<Arguments> partyRefusals() {
		return Stream.of(arguments("CLOSED", 409, "sales-closed", "the sale is closed"),
				arguments("NOT_OPEN", 409, "sales-not-open", "the sale has not opened yet"),
				arguments("EVENT_NOT_FOUND", 404, "event-not-found", "there is no such event"));
	}

	@ParameterizedTest
	@MethodSource("partyRefusals")
	void explainsARejectedParty(PartyOutcome.Kind outcome, int status, String code, String detail) {
		this.events.party = Mono.just(PartyOutcome.refused(outcome));

		expectProblem(putParty("/registrations"), status, code, detail);
	}

	static Stream<Arguments> partyHoldRefusals() {
		return Stream.concat(partyRefusals(),
				Stream.of(
						arguments("ALREADY_REGISTERED", 409, "already-registered", "user already registered for event"),
						arguments("TOO_MANY_HOLDS", 503, "overloaded",
								"too many seats of the event are held; nothing was changed")));
	}

	@ParameterizedTest
	@MethodSource("partyHoldRefusals")
	void explainsRejectedHoldsOfAParty(HoldOutcome.Kind outcome, int status, String code, String detail) {
		this.events.partyHold = Mono.just(PartyHoldOutcome.refused(outcome));

		expectProblem(putParty("/holds"), status, code, detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/registrations", "/holds" })
	void changesNothingWhenThePreconditionOfAPartyFails(String list) {
		for (String header : List.of("If-Match: \"1\"", "If-None-Match: *")) {
			expectProblem(this.client.put()
				.uri(GALA + list)
				.header(header.split(": ")[0], header.split(": ")[1])
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(PARTY)
				.exchange(), 412, "precondition-failed", "the precondition of the request is not met");
		}
		assertThat(this.events.calls).isEmpty();
	}

}
