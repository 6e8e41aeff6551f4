package dev.lastseat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.SaleClient.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The waiting list of an event with one seat over a real port, on the embedded engine:
 * offers, their end, the limits, and the journal. The test sets the clock.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.booking.max-waiting-list=2" })
class WaitingListTourTest {

	private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

	private static final Instant CLOSE = NOON.plus(Duration.ofHours(1));

	@LocalServerPort
	private int port;

	@Autowired
	private SettableClock clock;

	private SaleClient sale;

	@BeforeEach
	void createEvent() {
		this.clock.set(NOON);
		this.sale = new SaleClient(this.port, Map.of("title", "Recital", "startsAt", "2026-12-01T19:00:00Z", "capacity",
				1, "salesCloseAt", CLOSE.toString(), "offerSeconds", 60));
	}

	private WebTestClient.ResponseSpec send(String method, String path) {
		return this.sale.send(method, path);
	}

	/** Ada has the seat, and then Bob and Cem join. */
	private void sellOut() {
		send("PUT", "/registrations/ada").expectStatus().isCreated();
		expectPlace(send("PUT", "/waiting-list/bob"), 201, 1, 1);
		expectPlace(send("PUT", "/waiting-list/cem"), 201, 2, 2);
	}

	private static void expectPlace(WebTestClient.ResponseSpec answer, int status, int position, int length) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.position")
			.isEqualTo(position)
			.jsonPath("$.length")
			.isEqualTo(length);
	}

	private WebTestClient.BodyContentSpec expectState(String user, String state) {
		return send("GET", "/users/" + user).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo(state);
	}

	private void expectSeats(int sold, int held, int waiting) {
		send("GET", "/status").expectBody()
			.jsonPath("$.ticketsSold")
			.isEqualTo(sold)
			.jsonPath("$.held")
			.isEqualTo(held)
			.jsonPath("$.waiting")
			.isEqualTo(waiting)
			.jsonPath("$.remaining")
			.isEqualTo(0);
	}

	/**
	 * @param entries the operation and the user of each entry
	 */
	private void expectJournal(String... entries) {
		WebTestClient.BodyContentSpec journal = send("GET", "/journal").expectStatus().isOk().expectBody();
		for (int i = 0; i < entries.length; i++) {
			String entry = "$.entries[" + i + "].";
			journal.jsonPath(entry + "seq").isEqualTo(i + 1);
			journal.jsonPath(entry + "op").isEqualTo(entries[i].split(" ")[0]);
			journal.jsonPath(entry + "userId").isEqualTo(entries[i].split(" ")[1]);
		}
		journal.jsonPath("$.entries.length()").isEqualTo(entries.length).jsonPath("$.next").isEmpty();
	}

	@Test
	void offersAReleasedSeatToTheWaitingUsersInTheirOrder() {
		sellOut();
		send("DELETE", "/registrations/ada").expectStatus().isNoContent();

		expectState("bob", "offered").jsonPath("$.expiresAt").isEqualTo("2026-11-01T12:01:00Z");
		expectState("cem", "waiting").jsonPath("$.position").isEqualTo(1);
		expectProblem(send("PUT", "/registrations/eve"), 409, "sold-out");
		expectProblem(send("PUT", "/registrations/cem"), 409, "sold-out");
		expectProblem(send("PUT", "/holds/eve"), 409, "sold-out");
		expectSeats(0, 1, 1);

		send("DELETE", "/holds/bob").expectStatus().isNoContent();
		expectState("bob", "none");
		expectState("cem", "offered");
		send("GET", "/holds/cem").expectBody().jsonPath("$.offer").isEqualTo(true);

		send("PUT", "/registrations/cem").expectStatus().isCreated();
		expectState("cem", "registered");
		expectSeats(1, 0, 0);
		expectJournal("booked ada", "joined bob", "joined cem", "released ada", "offered bob", "declined bob",
				"offered cem", "confirmed cem");
	}

	@Test
	void offersTheSeatOfAnExpiredOfferToTheNextUser() {
		sellOut();
		send("DELETE", "/registrations/ada").expectStatus().isNoContent();
		this.clock.advance(Duration.ofSeconds(60));

		expectProblem(send("PUT", "/registrations/eve"), 409, "sold-out");
		expectState("cem", "offered").jsonPath("$.expiresAt").isEqualTo("2026-11-01T12:02:00Z");
		expectState("bob", "none");
		expectProblem(send("PUT", "/registrations/bob"), 409, "sold-out");
		expectPlace(send("PUT", "/waiting-list/bob"), 201, 1, 1);

		expectSeats(0, 1, 1);
		expectJournal("booked ada", "joined bob", "joined cem", "released ada", "offered bob", "expired bob",
				"offered cem", "joined bob");
	}

	@Test
	void confirmsAnExpiredOfferWhileNoOtherUserIsWaiting() {
		sellOut();
		send("DELETE", "/waiting-list/cem").expectStatus().isNoContent();
		send("DELETE", "/registrations/ada").expectStatus().isNoContent();
		this.clock.advance(Duration.ofSeconds(60));

		send("PUT", "/registrations/bob").expectStatus().isCreated();
		expectSeats(1, 0, 0);
	}

	@Test
	void confirmsAnOfferAfterTheClose() {
		sellOut();
		this.clock.set(CLOSE);
		expectProblem(send("PUT", "/waiting-list/dora"), 409, "sales-closed");
		send("DELETE", "/registrations/ada").expectStatus().isNoContent();

		expectState("bob", "offered");
		expectProblem(send("PUT", "/registrations/eve"), 409, "sales-closed");
		send("PUT", "/registrations/bob").expectStatus().isCreated();
	}

	@Test
	void limitsTheListAndLosesNothing() {
		expectProblem(send("PUT", "/waiting-list/ada"), 409, "seats-free");
		sellOut();
		expectProblem(send("PUT", "/waiting-list/ada"), 409, "already-registered");
		expectProblem(send("PUT", "/waiting-list/dora"), 409, "waiting-list-full");
		expectPlace(send("PUT", "/waiting-list/bob"), 200, 1, 2);
		expectPlace(send("GET", "/waiting-list/cem"), 200, 2, 2);

		for (int times = 0; times < 2; times++) {
			send("DELETE", "/waiting-list/bob").expectStatus().isNoContent();
			expectProblem(send("GET", "/waiting-list/bob"), 404, "not-waiting");
			expectPlace(send("GET", "/waiting-list/cem"), 200, 1, 1);
		}
		expectPlace(send("PUT", "/waiting-list/dora"), 201, 2, 2);
		send("DELETE", "/registrations/ada").expectStatus().isNoContent();
		expectProblem(send("PUT", "/waiting-list/cem"), 409, "seats-free");

		expectSeats(0, 1, 1);
		expectJournal("booked ada", "joined bob", "joined cem", "left bob", "joined dora", "released ada",
				"offered cem");
	}

	@Test
	void offersSeatsThatAHigherCapacityAdds() {
		sellOut();

		this.sale.send("PATCH", "", Map.of("capacity", 3)).expectStatus().isOk();
		expectProblem(send("PUT", "/registrations/eve"), 409, "sold-out");

		expectState("bob", "offered");
		expectState("cem", "offered");
		expectSeats(1, 2, 0);
	}

	@Test
	void listsTheWaitingUsersInPages() {
		sellOut();

		WebTestClient.BodyContentSpec first = send("GET", "/waiting-list?limit=1").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.userIds")
			.isEqualTo(List.of("bob"));

		this.sale.next(first).expectBody().jsonPath("$.userIds").isEqualTo(List.of("cem")).jsonPath("$.next").isEmpty();
	}

	@Test
	void continuesTheJournalAfterAnyPosition() {
		sellOut();
		String cursor = send("GET", "/waiting-list?limit=1").expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Link")
			.replaceAll(".*after=([\\w-]+)>.*", "$1");

		this.sale.next(send("GET", "/journal?limit=2").expectBody().jsonPath("$.next").isEqualTo(2))
			.expectBody()
			.jsonPath("$.entries[*].seq")
			.isEqualTo(List.of(3))
			.jsonPath("$.next")
			.isEmpty();
		for (String beyond : List.of("3", "1000000")) {
			send("GET", "/journal?after=" + beyond).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.entries")
				.isEmpty()
				.jsonPath("$.next")
				.isEmpty();
		}
		assertThat(cursor).isNotEmpty();
		expectProblem(send("GET", "/journal?after=" + cursor), 400, "invalid-cursor");
	}

	@Test
	void keepsTheJournalOfADeletedEvent() {
		sellOut();

		send("DELETE", "?withRegistrations=true").expectStatus().isNoContent();

		expectProblem(send("GET", "/users/bob"), 404, "event-not-found");
		expectProblem(send("PUT", "/waiting-list/bob"), 404, "event-not-found");
		send("GET", "/journal?after=3").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.entries.length()")
			.isEqualTo(1)
			.jsonPath("$.entries[0].op")
			.isEqualTo("cancelled")
			.jsonPath("$.entries[0].userId")
			.isEmpty();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ClockOfTheTest {

		@Bean
		@Primary
		SettableClock settableClock() {
			return new SettableClock(NOON);
		}

	}

}
