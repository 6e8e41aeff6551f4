package dev.lastseat.web;

import java.net.URI;
import java.util.List;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.web.WebSlice.expectJson;
import static dev.lastseat.web.WebSlice.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of the routes of waiting lists and of the standing of a user.
 */
class WaitingListRoutesTest {

	private static final String EVENT = "65f000000000000000000001";

	private static final String GALA = "/api/v1/events/" + EVENT;

	private static final String LIST = GALA + "/waiting-list";

	private static final String PLACE = LIST + "/ada";

	private static final String STANDING = GALA + "/users/ada";

	private static final String SECOND_OF_FIVE = """
			{"eventId": "65f000000000000000000001", "userId": "ada", "position": 2, "length": 5}""";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	private WebTestClient.ResponseSpec send(HttpMethod method, String path) {
		return this.client.method(method).uri(URI.create(path)).exchange();
	}

	private static void expectNoEvent(WebTestClient.ResponseSpec response) {
		expectProblem(response, 404, "event-not-found", "there is no such event");
	}

	@Test
	void joinsAtTheEndOfTheList() {
		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, PLACE);

		response.expectHeader().location(PLACE);
		expectJson(response, 201, SECOND_OF_FIVE);
		assertThat(this.events.calls).containsExactly("join " + EVENT + " ada");
	}

	@Test
	void keepsThePlaceOfAUserThatJoinsTwice() {
		this.events.join = Mono.just(new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, StubEvents.PLACE));

		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, PLACE);

		response.expectHeader().doesNotExist("Location");
		expectJson(response, 200, SECOND_OF_FIVE);
	}

	@ParameterizedTest
	@CsvSource({ "ALREADY_REGISTERED, 409, already-registered, user already registered for event",
			"SEATS_FREE, 409, seats-free, a seat is free for the user", "CLOSED, 409, sales-closed, the sale is closed",
			"LIST_FULL, 409, waiting-list-full, the waiting list is full",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void explainsARejectedJoin(JoinOutcome.Kind outcome, int status, String code, String detail) {
		this.events.join = Mono.just(JoinOutcome.refused(outcome));

		WebTestClient.ResponseSpec response = send(HttpMethod.PUT, PLACE);

		response.expectHeader().doesNotExist("Retry-After");
		expectProblem(response, status, code, detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE" })
	void reportsThatARequestWaitedTooLong(String method) {
		this.events.join = Mono.error(new OverloadedException(OverloadedException.Reason.LATE));
		this.events.leave = Mono.error(new OverloadedException(OverloadedException.Reason.LATE));

		expectProblem(send(HttpMethod.valueOf(method), PLACE), 503, "overloaded",
				"the request has waited too long; nothing was changed");
	}

	@Test
	void readsAPlace() {
		expectJson(send(HttpMethod.GET, PLACE), 200, SECOND_OF_FIVE);
		assertThat(this.events.calls).containsExactly("standing " + EVENT + " ada");
	}

	@Test
	void answersHeadLikeGet() {
		for (String path : List.of(PLACE, LIST, STANDING)) {
			send(HttpMethod.HEAD, path).expectStatus().isOk().expectBody().isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = "WAITING", mode = EnumSource.Mode.EXCLUDE)
	void doesNotFindAPlaceOfAUserThatIsNotWaiting(Standing.State state) {
		this.events.standing = Mono.just(standing(state));

		expectProblem(send(HttpMethod.GET, PLACE), 404, "not-waiting", "user not waiting for event");
	}

	private static Standing standing(Standing.State state) {
		return switch (state) {
			case REGISTERED -> Standing.REGISTERED;
			case HOLDING -> Standing.of(StubEvents.HOLD);
			case OFFERED -> Standing.of(new Hold(StubEvents.HOLD.user(), StubEvents.HOLD.until(), true));
			case WAITING -> Standing.of(StubEvents.PLACE);
			case NONE -> Standing.NONE;
		};
	}

	@ParameterizedTest
	@EnumSource(names = "EVENT_NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
	void leavesRepeatedly(LeaveOutcome outcome) {
		this.events.leave = Mono.just(outcome);

		send(HttpMethod.DELETE, PLACE).expectStatus().isNoContent().expectBody().isEmpty();
		assertThat(this.events.calls).containsExactly("leave " + EVENT + " ada");
	}

	@Test
	void findsNothingOfAnUnknownEvent() {
		this.events.leave = Mono.just(LeaveOutcome.EVENT_NOT_FOUND);
		this.events.standing = Mono.empty();
		this.events.waitingList = Mono.empty();

		expectNoEvent(send(HttpMethod.GET, PLACE));
		expectNoEvent(send(HttpMethod.DELETE, PLACE));
		expectNoEvent(send(HttpMethod.GET, LIST));
		expectNoEvent(send(HttpMethod.GET, STANDING));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "auth0|5f7c auth0%7C5f7c", "a+b@example.org a%2Bb@example.org", "$a.b %24a.b", "a/b a%2Fb" })
	void acceptsAPercentEncodedUserId(String user, String segment) {
		String place = LIST + "/" + segment;

		send(HttpMethod.PUT, place).expectStatus().isCreated().expectHeader().location(place);
		send(HttpMethod.GET, place).expectBody().jsonPath("$.userId").isEqualTo(user);
		send(HttpMethod.GET, GALA + "/users/" + segment).expectBody().jsonPath("$.userId").isEqualTo(user);
		send(HttpMethod.DELETE, place).expectStatus().isNoContent();

		assertThat(this.events.calls).containsExactly("join " + EVENT + " " + user, "standing " + EVENT + " " + user,
				"standing " + EVENT + " " + user, "leave " + EVENT + " " + user);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, waiting-list", "GET, waiting-list", "DELETE, waiting-list", "GET, users" })
	void rejectsAPathWithAnInvalidUserId(String method, String list) {
		for (String user : List.of("a%20b", "%C3%A4", "x".repeat(256))) {
			WebSlice
				.expectProblem(send(HttpMethod.valueOf(method), GALA + "/" + list + "/" + user), 400, "invalid-request")
				.jsonPath("$.errors[0].field")
				.isEqualTo("userId");
		}
		assertThat(this.events.calls).isEmpty();
	}

	/**
	 * A place has no entity tag. The first value of {@code waiting} is the state in the
	 * storage, the last is the expected call to the storage.
	 */
	@ParameterizedTest
	@CsvSource({ "PUT, If-None-Match, *, true, 412, join", "PUT, If-None-Match, *, false, 201, join",
			"PUT, If-None-Match, \"1\", true, 200, join", "PUT, If-Match, *, true, 200, standing",
			"PUT, If-Match, *, false, 412, standing", "PUT, If-Match, \"1\", true, 412, standing",
			"PUT, If-Match, \"1\", false, 412, standing", "DELETE, If-Match, *, true, 204, leave",
			"DELETE, If-Match, *, false, 412, leave", "DELETE, If-Match, \"1\", true, 412, standing",
			"DELETE, If-Match, \"1\", false, 412, standing", "DELETE, If-None-Match, *, true, 412, standing",
			"DELETE, If-None-Match, *, false, 204, standing", "DELETE, If-None-Match, \"1\", true, 204, leave" })
	void checksThePreconditionsOfAPlace(String method, String header, String value, boolean waiting, int status,
			String asked) {
		this.events.join = Mono.just(new JoinOutcome(
				waiting ? JoinOutcome.Kind.ALREADY_WAITING : JoinOutcome.Kind.JOINED, StubEvents.PLACE));
		this.events.leave = Mono.just(waiting ? LeaveOutcome.LEFT : LeaveOutcome.NOT_WAITING);
		this.events.standing = Mono.just(waiting ? Standing.of(StubEvents.PLACE) : Standing.NONE);

		conditional(method, header, value).expectStatus().isEqualTo(status);

		assertThat(this.events.calls).containsExactly(asked + " " + EVENT + " ada");
	}

	private WebTestClient.ResponseSpec conditional(String method, String header, String value) {
		return this.client.method(HttpMethod.valueOf(method)).uri(PLACE).header(header, value).exchange();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, If-Match, *", "DELETE, If-None-Match, *" })
	void answers404ToAConditionalRequestOfAnUnknownEvent(String method, String header, String value) {
		this.events.standing = Mono.empty();

		expectNoEvent(conditional(method, header, value));
	}

	@Test
	void listsTheWaitingUsersInTheirOrder() {
		WebTestClient.ResponseSpec response = send(HttpMethod.GET, LIST + "?unknown=1");

		response.expectHeader().doesNotExist("Link");
		expectJson(response, 200, """
				{"userIds": ["ada", "bob"], "next": null}""");
		assertThat(this.events.calls).containsExactly("waiting list " + EVENT + " 0 20");
	}

	@Test
	void linksThePagesOfTheList() {
		this.events.waitingList = Mono.just(new Page<>(List.of(new UserId("ada")), 7));

		String link = send(HttpMethod.GET, LIST + "?limit=1").expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Link");

		assertThat(link).matches("<" + LIST + "\\?limit=1&after=[\\w-]+>; rel=\"next\"");
		this.events.calls.clear();
		send(HttpMethod.GET, link.substring(1, link.indexOf('>'))).expectStatus().isOk();
		assertThat(this.events.calls).containsExactly("waiting list " + EVENT + " 7 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "x", "" })
	void rejectsALimitOutOfBounds(String limit) {
		WebSlice.expectProblem(send(HttpMethod.GET, LIST + "?limit=" + limit), 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo("limit");
		assertThat(this.events.calls).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "REGISTERED | \"state\": \"registered\"",
					"HOLDING | \"state\": \"holding\", \"expiresAt\": \"2026-06-01T12:10:00Z\"",
					"OFFERED | \"state\": \"offered\", \"expiresAt\": \"2026-06-01T12:10:00Z\"",
					"WAITING | \"state\": \"waiting\", \"position\": 2", "NONE | \"state\": \"none\"" })
	void saysWhatTheEventIsToTheUser(Standing.State state, String members) {
		this.events.standing = Mono.just(standing(state));

		expectJson(send(HttpMethod.GET, STANDING), 200,
				"{\"eventId\": \"65f000000000000000000001\", \"userId\": \"ada\", " + members + "}");
		assertThat(this.events.calls).containsExactly("standing " + EVENT + " ada");
	}

}
