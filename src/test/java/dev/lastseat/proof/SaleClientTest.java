package dev.lastseat.proof;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class SaleClientTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final Instant NOW = Instant.parse("2026-12-01T19:00:00Z");

	private static final Hold HOLD = new Hold(ADA, NOW.plus(SaleClient.TOLERANCE).plusMillis(1), false);

	private static final Hold EXPIRING = new Hold(ADA, NOW.plus(SaleClient.TOLERANCE), false);

	private final SaleClient client = new SaleClient(new ServiceClient(TestRun.TIMEOUT),
			Clock.fixed(NOW, ZoneOffset.UTC));

	private DisposableServer server;

	/**
	 * @return the URL of an event whose requests get this answer
	 */
	private String event(int status, String body) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.status(status).sendString(Mono.just(body)))
			.bindNow();
		return "http://127.0.0.1:" + this.server.port();
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	void readsAHold() {
		String body = "{\"userId\": \"ada\", \"expiresAt\": \"" + HOLD.until() + "\", \"offer\": false}";

		this.client.hold(event(201, body), ADA)
			.as(StepVerifier::create)
			.expectNext(new HoldOutcome(HoldOutcome.Kind.HELD, HOLD))
			.verifyComplete();
		stop();
		this.client.hold(event(200, body), ADA)
			.as(StepVerifier::create)
			.expectNext(new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, HOLD))
			.verifyComplete();
	}

	@ParameterizedTest
	@CsvSource({ "already-registered, ALREADY_REGISTERED", "sales-not-open, NOT_OPEN", "sold-out, SOLD_OUT" })
	void readsTheRefusalOfAHold(String code, HoldOutcome.Kind kind) {
		String event = event(409, "{\"code\": \"" + code + "\"}");

		this.client.hold(event, ADA).as(StepVerifier::create).expectNext(HoldOutcome.refused(kind)).verifyComplete();
	}

	@Test
	void confirmsAHoldThatHasNotExpired() {
		this.client.confirm(event(201, "{}"), HOLD)
			.as(StepVerifier::create)
			.expectNext(BookingOutcome.CONFIRMED)
			.verifyComplete();
	}

	@Test
	void doesNotKnowWhetherAnExpiringHoldWasConfirmed() {
		this.client.confirm(event(201, "{}"), EXPIRING)
			.as(StepVerifier::create)
			.expectNext(BookingOutcome.BOOKED)
			.verifyComplete();
	}

	@Test
	void releasesAHoldThatHasNotExpired() {
		this.client.release(event(204, ""), HOLD)
			.as(StepVerifier::create)
			.expectNext(HoldReleaseOutcome.RELEASED)
			.verifyComplete();
	}

	@Test
	void doesNotKnowWhetherAnExpiringHoldWasReleased() {
		this.client.release(event(204, ""), EXPIRING)
			.as(StepVerifier::create)
			.verifyError(StorageException.OutcomeUnknown.class);
	}

	@Test
	void cancels() {
		this.client.cancel(event(204, ""), ADA)
			.as(StepVerifier::create)
			.expectNext(ReleaseOutcome.RELEASED)
			.verifyComplete();
	}

	@Test
	void doesNotTakeAFaultForACancellation() {
		this.client.cancel(event(503, "{\"code\": \"outcome-unknown\"}"), ADA)
			.as(StepVerifier::create)
			.verifyError(StorageException.OutcomeUnknown.class);
	}

	@Test
	void readsABookedParty() {
		this.client.bookParty(event(201, "{\"booked\": [\"bob\"], \"held\": [\"ada\"]}"), List.of(ADA, BOB))
			.as(StepVerifier::create)
			.expectNext(new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(BOB), List.of(ADA), 0))
			.verifyComplete();
	}

	@Test
	void readsHowManySeatsWereFreeForAParty() {
		String event = event(409, "{\"code\": \"sold-out\", \"remaining\": 1}");

		this.client.bookParty(event, List.of(ADA, BOB))
			.as(StepVerifier::create)
			.expectNext(PartyOutcome.soldOut(1))
			.verifyComplete();
		this.client.holdParty(event, List.of(ADA, BOB))
			.as(StepVerifier::create)
			.expectNext(PartyHoldOutcome.soldOut(1))
			.verifyComplete();
	}

	@Test
	void readsTheHoldsOfAParty() {
		String body = """
				{"holds": [{"userId": "ada", "expiresAt": "%1$s"}, {"userId": "bob", "expiresAt": "%1$s"}],
				"created": ["bob"]}""".formatted(HOLD.until());

		this.client.holdParty(event(201, body), List.of(ADA, BOB))
			.as(StepVerifier::create)
			.expectNext(new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(new Hold(BOB, HOLD.until(), false)),
					List.of(HOLD), 0))
			.verifyComplete();
	}

	@Test
	void rejectsAnUnexpectedAnswer() {
		this.client.holdParty(event(500, "{\"code\": \"internal-error\"}"), List.of(ADA))
			.as(StepVerifier::create)
			.verifyError(ServiceAnswer.Unexpected.class);
	}

}
