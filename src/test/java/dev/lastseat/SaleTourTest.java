package dev.lastseat;

import java.time.Duration;
import java.time.Instant;
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

/**
 * A sale over a real port, on the embedded engine: before the opening, holds,
 * confirmations, parties, and the expiry of a hold. The test sets the clock.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class SaleTourTest {

	private static final Instant OPENING = Instant.parse("2026-11-01T10:00:00Z");

	private static final Instant CLOSE = Instant.parse("2026-11-01T11:00:00Z");

	@LocalServerPort
	private int port;

	@Autowired
	private SettableClock clock;

	private SaleClient sale;

	@BeforeEach
	void createEvent() {
		this.clock.set(OPENING.minusSeconds(30));
		this.sale = new SaleClient(this.port, Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 2,
				"salesOpenAt", OPENING.toString(), "salesCloseAt", CLOSE.toString(), "holdSeconds", 60));
	}

	private WebTestClient.ResponseSpec send(String method, String path) {
		return this.sale.send(method, path);
	}

	private WebTestClient.ResponseSpec send(String method, String path, Map<String, ?> body) {
		return this.sale.send(method, path, body);
	}

	private void expectSeats(int sold, int held, int remaining) {
		send("GET", "/status").expectBody()
			.jsonPath("$.ticketsSold")
			.isEqualTo(sold)
			.jsonPath("$.held")
			.isEqualTo(held)
			.jsonPath("$.remaining")
			.isEqualTo(remaining)
			.jsonPath("$.salesOpenAt")
			.isEqualTo(OPENING.toString());
	}

	@Test
	void sellsToUsersWithHoldsAndToParties() {
		WebTestClient.ResponseSpec early = send("PUT", "/holds/ada");
		early.expectHeader().valueEquals("Retry-After", "30");
		expectProblem(early, 409, "sales-not-open").jsonPath("$.opensAt").isEqualTo(OPENING.toString());
		expectSeats(0, 0, 2);

		this.clock.set(OPENING);
		send("PUT", "/holds/ada").expectStatus()
			.isCreated()
			.expectHeader()
			.location(this.sale.event() + "/holds/ada")
			.expectBody()
			.jsonPath("$.expiresAt")
			.isEqualTo("2026-11-01T10:01:00Z");
		expectSeats(0, 1, 1);

		send("PUT", "/registrations/ada").expectStatus().isCreated();
		expectProblem(send("GET", "/holds/ada"), 404, "hold-not-found");
		expectSeats(1, 0, 1);

		expectProblem(send("PUT", "/registrations", Map.of("userIds", new String[] { "cem", "dora" })), 409, "sold-out")
			.jsonPath("$.remaining")
			.isEqualTo(1);
		expectSeats(1, 0, 1);
	}

	@Test
	void givesTheSeatOfAnExpiredHoldToTheNextUser() {
		this.clock.set(OPENING);
		send("PUT", "/holds", Map.of("userIds", new String[] { "ada", "bob" })).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.created.length()")
			.isEqualTo(2);
		expectProblem(send("PUT", "/registrations/eve"), 409, "sold-out");
		this.clock.advance(Duration.ofMillis(59_999));
		expectProblem(send("PUT", "/registrations/eve"), 409, "sold-out");

		this.clock.advance(Duration.ofMillis(1));
		send("PUT", "/registrations/eve").expectStatus().isCreated();

		expectProblem(send("GET", "/holds/ada"), 404, "hold-not-found");
		send("PUT", "/registrations/eve").expectStatus().isOk();
		send("PUT", "/registrations/cem").expectStatus().isCreated();
		expectProblem(send("PUT", "/registrations/bob"), 409, "sold-out");
		expectSeats(2, 0, 0);
	}

	@Test
	void confirmsAHoldAfterTheClose() {
		this.clock.set(CLOSE.minusSeconds(1));
		send("PUT", "/holds/ada").expectStatus().isCreated();
		this.clock.set(CLOSE);

		expectProblem(send("PUT", "/holds/bob"), 409, "sales-closed");
		expectProblem(send("PUT", "/registrations", Map.of("userIds", new String[] { "bob" })), 409, "sales-closed");
		send("PUT", "/registrations/ada").expectStatus().isCreated();
		expectSeats(1, 0, 1);
	}

	@Test
	void countsHoldsWhenAnEventIsChangedOrDeleted() {
		this.clock.set(OPENING);
		send("PUT", "/holds", Map.of("userIds", new String[] { "ada", "bob" })).expectStatus().isCreated();

		expectProblem(send("PATCH", "", Map.of("capacity", 1)), 409, "capacity-below-sold");
		expectProblem(send("DELETE", ""), 409, "event-has-registrations");
		send("DELETE", "/holds/ada").expectStatus().isNoContent();
		send("PATCH", "", Map.of("capacity", 1)).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.held")
			.isEqualTo(1)
			.jsonPath("$.remaining")
			.isEqualTo(0);
		send("DELETE", "/holds/bob").expectStatus().isNoContent();
		send("DELETE", "").expectStatus().isNoContent();
	}

	@Test
	void listsTheHoldsInPages() {
		this.clock.set(OPENING);
		send("PUT", "/holds/bob").expectStatus().isCreated();
		this.clock.advance(Duration.ofSeconds(1));
		send("PUT", "/holds/ada").expectStatus().isCreated();

		WebTestClient.BodyContentSpec first = send("GET", "/holds?limit=1").expectBody()
			.jsonPath("$.holds[0].userId")
			.isEqualTo("bob");

		this.sale.next(first).expectBody().jsonPath("$.holds[0].userId").isEqualTo("ada").jsonPath("$.next").isEmpty();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ClockOfTheTest {

		@Bean
		@Primary
		SettableClock settableClock() {
			return new SettableClock(OPENING);
		}

	}

}
