package dev.lastseat.web;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of each route, a row at a time.
 */
class RoutesTest {

	private static final String EVENTS = "/api/v1/events";

	private static final String GALA = EVENTS + "/65f000000000000000000001";

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	private WebTestClient.ResponseSpec post(String path, String body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static void expectJson(WebTestClient.ResponseSpec response, String body) {
		response.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.json(body, org.springframework.test.json.JsonCompareMode.STRICT);
	}

	private static void expectProblem(WebTestClient.ResponseSpec response, int status, String code, String detail) {
		WebSlice.expectProblem(response, status, code).jsonPath("$.detail").isEqualTo(detail);
	}

	@Test
	void createsAnEvent() {
		WebTestClient.ResponseSpec response = post(EVENTS, """
				{"title": "Gala", "description": "An evening", "startsAt": "2026-12-01T20:00:00+01:00",
				 "endsAt": "2026-12-01T23:00:00Z", "capacity": 3}""");

		response.expectStatus().isCreated().expectHeader().location(GALA);
		expectJson(response, """
				{"id": "65f000000000000000000001", "title": "Gala", "description": "An evening",
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": "2026-12-01T23:00:00Z", "capacity": 3,
				 "ticketsSold": 0, "remaining": 3, "revision": 0}""");
	}

	@Test
	void listsTwentyEventsUnlessToldOtherwise() {
		WebTestClient.ResponseSpec response = this.client.get().uri(EVENTS).exchange();

		response.expectStatus().isOk();
		expectJson(response, """
				{"events": [{"id": "65f000000000000000000001", "title": "Gala", "description": null,
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": null, "capacity": 3, "ticketsSold": 2,
				 "remaining": 1, "revision": 7}]}""");
		assertThat(this.events.calls).containsExactly("list 20");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100 })
	void listsAsManyAsAskedFor(int limit) {
		this.client.get().uri(EVENTS + "?limit=" + limit).exchange().expectStatus().isOk();

		assertThat(this.events.calls).containsExactly("list " + limit);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "ten", "", "1.5" })
	void refusesALimitOutOfBounds(String limit) {
		WebTestClient.ResponseSpec response = this.client.get().uri(EVENTS + "?limit=" + limit).exchange();

		expectProblem(response, 400, "invalid-request", "the request has 1 invalid field");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void readsAnEvent() {
		WebTestClient.ResponseSpec response = this.client.get().uri(GALA).exchange();

		response.expectStatus().isOk();
		expectJson(response, """
				{"id": "65f000000000000000000001", "title": "Gala", "description": null,
				 "startsAt": "2026-12-01T19:00:00Z", "endsAt": null, "capacity": 3, "ticketsSold": 2,
				 "remaining": 1, "revision": 7}""");
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
		expectJson(response, """
				{"eventId": "65f000000000000000000001", "capacity": 3, "ticketsSold": 2, "remaining": 1,
				 "soldOut": false, "revision": 7}""");
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
			"SOLD_OUT, 409, sold-out, event capacity reached",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void tellsWhyARegistrationIsRefused(BookingOutcome outcome, int status, String code, String detail) {
		this.events.booking = Mono.just(outcome);

		expectProblem(post(GALA + "/registrations", "{\"userId\": \"ada\"}"), status, code, detail);
	}

	@ParameterizedTest
	@CsvSource({ "BOOKED, 201", "ALREADY_REGISTERED, 200" })
	void ensuresARegistration(BookingOutcome outcome, int status) {
		this.events.booking = Mono.just(outcome);

		WebTestClient.ResponseSpec response = this.client.put().uri(GALA + "/registrations/ada").exchange();

		response.expectStatus().isEqualTo(status);
		expectJson(response, """
				{"eventId": "65f000000000000000000001", "userId": "ada"}""");
		assertThat(this.events.calls).containsExactly("book 65f000000000000000000001 ada");
	}

	@Test
	void locatesTheRegistrationThatItEnsured() {
		this.client.put()
			.uri(GALA + "/registrations/ada")
			.exchange()
			.expectHeader()
			.location(GALA + "/registrations/ada");
	}

	@ParameterizedTest
	@CsvSource({ "SOLD_OUT, 409, sold-out, event capacity reached",
			"EVENT_NOT_FOUND, 404, event-not-found, there is no such event" })
	void tellsWhyARegistrationCannotBeEnsured(BookingOutcome outcome, int status, String code, String detail) {
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
	void doesNotFindARegistrationThatIsNone() {
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
	void releasesARegistrationAlsoWhenRepeated(ReleaseOutcome outcome) {
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
	void refusesAPathWithAnIllegalUserId(String method) {
		WebTestClient.ResponseSpec response = this.client.method(HttpMethod.valueOf(method))
			.uri(GALA + "/registrations/{userId}", "$capacity")
			.exchange();

		expectProblem(response, 400, "invalid-request", "the request has 1 invalid field");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void tellsThatAnUnansweredBookingMayHaveTakenEffect() {
		this.events.booking = Mono.error(new StorageException.OutcomeUnknown(new IllegalStateException("reset")));

		WebTestClient.ResponseSpec response = this.client.put().uri(GALA + "/registrations/ada").exchange();

		response.expectHeader().valueEquals("Retry-After", "1");
		expectProblem(response, 503, "storage-unavailable",
				"the storage did not confirm in time; the outcome is unknown");
	}

	@Test
	void tellsThatAnUnreachableStorageChangedNothing() {
		this.events.booking = Mono.error(new StorageException.Unavailable(new IllegalStateException("away")));

		WebTestClient.ResponseSpec response = post(GALA + "/registrations", "{\"userId\": \"ada\"}");

		response.expectHeader().valueEquals("Retry-After", "1");
		expectProblem(response, 503, "storage-unavailable", "the storage cannot be reached; nothing was changed");
	}

	@Test
	void tellsThatABusyStorageIsWorthAnotherTry() {
		this.events.booking = Mono.error(new StorageException.Busy());

		expectProblem(post(GALA + "/registrations", "{\"userId\": \"ada\"}"), 503, "storage-unavailable",
				"storage busy; nothing was changed");
	}

	@Test
	void doesNotLetAClientWaitForever() {
		this.events.booking = Mono.never();
		this.events.found = Mono.never();

		expectProblem(this.client.put().uri(GALA + "/registrations/ada").exchange(), 503, "storage-unavailable",
				"the storage did not confirm in time; the outcome is unknown");
		expectProblem(this.client.get().uri(GALA).exchange(), 503, "storage-unavailable",
				"the storage cannot be reached; nothing was changed");
	}

}
