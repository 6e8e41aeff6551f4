package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.SettableClock;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The storage of a contract about sales: two processes with the same clock, and events
 * whose holds end after a minute.
 */
abstract class SaleTest extends StorageTest {

	static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

	static final UserId ADA = new UserId("ada");

	static final UserId BOB = new UserId("bob");

	static final UserId EVE = new UserId("eve");

	static final int MAX_HOLDS = 50;

	static final Duration HOLD = Duration.ofMinutes(1);

	final SettableClock clock = new SettableClock(NOW);

	/** The repository of another process. */
	EventRepository other;

	private final List<EventId> events = new ArrayList<>();

	@BeforeEach
	void useClock() {
		this.repository = newRepository();
		this.other = newRepository();
	}

	EventRepository newRepository() {
		return this.storage.newRepository(this.clock,
				new SaleSettings(MAX_HOLDS, SaleSettings.DEFAULT.maxWaitingList(), true));
	}

	/** Every test leaves a valid document, and a journal that results in it. */
	@AfterEach
	void requireInvariants() {
		this.events.stream().filter((event) -> this.repository.find(event).hasElement().block()).forEach((event) -> {
			this.stored.requireInvariants(event);
			assertThat(JournalReplay.violation(JournalReplay.read(this.repository, event).block(),
					this.repository.ledger(event).block()))
				.isNull();
		});
	}

	EventId event(int capacity) {
		return event(capacity, null, null);
	}

	EventId event(int capacity, Instant opensAt, Instant closesAt) {
		return event(capacity, new SaleTerms(opensAt, closesAt, (int) HOLD.toSeconds()));
	}

	EventId event(int capacity, SaleTerms sale) {
		EventId event = this.repository.create(new EventDraft("A sale", null, NOW, null, capacity, sale), NOW)
			.block()
			.id();
		this.events.add(event);
		return event;
	}

	/**
	 * Removes expired holds.
	 * @return the removals of events of this test
	 */
	Flux<Expiry> sweep(EventRepository repository) {
		return repository.removeExpiredHolds().filter((expiry) -> this.events.contains(expiry.event()));
	}

	/** A hold that is made now. */
	Hold made(UserId user) {
		return new Hold(user, this.clock.instant().plus(HOLD), false);
	}

	BookingOutcome book(EventId event, UserId user) {
		return this.repository.book(event, user).block();
	}

	HoldOutcome hold(EventId event, UserId user) {
		return (HoldOutcome) decide(event, new Request.Holding(user)).get(new Request.Holding(user));
	}

	/** Makes a hold for each of the users. */
	void holdAll(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(hold(event, user)).isEqualTo(new HoldOutcome(HoldOutcome.Kind.HELD, made(user)));
		}
	}

	HoldReleaseOutcome releaseHold(EventId event, UserId user) {
		return (HoldReleaseOutcome) decide(event, new Request.HoldRelease(user)).get(new Request.HoldRelease(user));
	}

	PartyOutcome bookParty(EventId event, UserId... users) {
		Request party = new Request.PartyBooking(List.of(users));
		return (PartyOutcome) decide(event, party).get(party);
	}

	PartyHoldOutcome holdParty(EventId event, UserId... users) {
		Request party = new Request.PartyHolding(List.of(users));
		return (PartyHoldOutcome) decide(event, party).get(party);
	}

	Map<Request, Outcome> decide(EventId event, Request... requests) {
		return decide(this.repository, event, requests);
	}

	static Map<Request, Outcome> decide(EventRepository repository, EventId event, Request... requests) {
		return repository.decide(event, Arrays.asList(requests))
			.collect(Collectors.toMap(Decision::request, Decision::outcome))
			.block();
	}

	/** The fields of the holds, as stored. */
	Map<String, Object> storedHolds(EventId event) {
		return this.stored.read(event).get("holds", new Document());
	}

	static UserId[] users(String name, int count) {
		return IntStream.range(0, count).mapToObj((number) -> new UserId(name + number)).toArray(UserId[]::new);
	}

}
