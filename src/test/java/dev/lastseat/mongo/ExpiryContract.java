package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives the seats of expired holds to other users, with and without the removal of
 * expired holds in the background.
 */
class ExpiryContract extends SaleTest {

	private static final UserId JOE = new UserId("joe");

	/** A full event. All of its seats are held, and the holds end now. */
	private EventId expired(UserId... users) {
		EventId event = event(users.length);
		holdAll(event, users);
		this.clock.advance(HOLD);
		return event;
	}

	private Document document(EventId event) {
		return this.stored.read(event);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anExpiredHoldNeverCausesARefusalOfABooking(boolean byAnotherProcess) {
		EventId event = expired(ADA);

		assertThat(decide(byAnotherProcess ? this.other : this.repository, event, new Request.Booking(BOB)))
			.containsValue(BookingOutcome.BOOKED);

		assertThat(document(event)).containsEntry("held", 0).containsEntry("revision", 2L);
		assertThat(storedHolds(event)).isEmpty();
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.SOLD_OUT);
	}

	@Test
	void aHoldIsKeptUntilTheMillisecondBeforeItsEnd() {
		EventId event = event(1);
		holdAll(event, ADA);

		this.clock.advance(HOLD.minusMillis(1));
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.SOLD_OUT);
		assertThat(this.repository.holds(event, Set.of(ADA)).block()).containsOnlyKeys(ADA);
		assertThat(sweep(this.repository).collectList().block()).isEmpty();

		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.repository.holds(event, Set.of(ADA)).block()).isEmpty();
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.BOOKED);
	}

	@Test
	void anExpiredHoldNeverCausesARefusalOfAHold() {
		EventId event = expired(ADA);

		holdAll(event, BOB);

		assertThat(storedHolds(event)).containsOnlyKeys("bob");
	}

	@Test
	void expiredHoldsNeverCauseARefusalOfAParty() {
		EventId event = expired(users("user", 3));

		assertThat(bookParty(event, ADA, BOB).kind()).isEqualTo(PartyOutcome.Kind.BOOKED);
		assertThat(holdParty(event, EVE, JOE)).isEqualTo(PartyHoldOutcome.soldOut(1));
		assertThat(holdParty(event, EVE).kind()).isEqualTo(HoldOutcome.Kind.HELD);
	}

	@Test
	void expiredHoldsNeverCauseARefusalInARound() {
		EventId event = expired(users("user", 4));
		long revision = document(event).getLong("revision");

		assertThat(decide(event, new Request.Booking(ADA), new Request.Holding(BOB),
				new Request.PartyBooking(List.of(EVE, JOE))))
			.containsEntry(new Request.Booking(ADA), BookingOutcome.BOOKED)
			.containsEntry(new Request.Holding(BOB), new HoldOutcome(HoldOutcome.Kind.HELD, made(BOB)))
			.containsEntry(new Request.PartyBooking(List.of(EVE, JOE)),
					new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(EVE, JOE), List.of(), 0));

		assertThat(document(event)).containsEntry("revision", revision + 1);
	}

	@Test
	void expiredHoldsDoNotCountForTheLimitOfHolds() {
		EventId event = event(2 * MAX_HOLDS);
		holdAll(event, users("user", MAX_HOLDS));
		this.clock.advance(HOLD);

		holdAll(event, ADA);
		assertThat(holdParty(event, users("other", MAX_HOLDS - 1)).kind()).isEqualTo(HoldOutcome.Kind.HELD);

		assertThat(hold(event, BOB).kind()).isEqualTo(HoldOutcome.Kind.TOO_MANY_HOLDS);
	}

	@Test
	void expiredHoldsNeverCauseARefusalOfALowerCapacity() {
		EventId event = event(5);
		this.storage.book(event, ADA);
		holdAll(event, BOB, EVE);
		this.clock.advance(HOLD);
		holdAll(event, JOE);
		long revision = document(event).getLong("revision");

		assertThat(this.repository.change(event, EventChange.ofCapacity(1), RevisionCondition.ofRevisions(revision))
			.block()).isEqualTo(ChangeOutcome.CAPACITY_BELOW_SOLD);
		assertThat(this.repository.change(event, EventChange.ofCapacity(2), RevisionCondition.ofRevisions(revision))
			.block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(document(event)).containsEntry("capacity", 2).containsEntry("held", 1);
		assertThat(storedHolds(event)).containsOnlyKeys("joe");
	}

	@Test
	void expiredHoldsNeverCauseARefusalOfADeletion() {
		EventId event = expired(ADA, BOB);

		assertThat(this.repository.delete(event, false, RevisionCondition.ofRevisions(2L)).block())
			.isEqualTo(DeletionOutcome.DELETED);
	}

	@Test
	void aLateHolderConfirmsUntilAnotherUserTakesTheSeat() {
		EventId event = expired(ADA, BOB);
		this.clock.advance(Duration.ofDays(1));

		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.CONFIRMED);
		assertThat(book(event, EVE)).isEqualTo(BookingOutcome.BOOKED);
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.SOLD_OUT);
		assertThat(hold(event, BOB).kind()).isEqualTo(HoldOutcome.Kind.SOLD_OUT);
	}

	@Test
	void aLateHolderKeepsTheSeatInItsOwnRound() {
		EventId event = expired(ADA, BOB);

		assertThat(decide(event, new Request.Booking(EVE), new Request.Booking(JOE), new Request.Booking(ADA)))
			.containsEntry(new Request.Booking(ADA), BookingOutcome.CONFIRMED)
			.containsEntry(new Request.Booking(EVE), BookingOutcome.BOOKED)
			.containsEntry(new Request.Booking(JOE), BookingOutcome.SOLD_OUT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void renewsAnExpiredHoldOfTheSameUser(boolean byAnotherProcess) {
		EventId event = expired(ADA);

		assertThat(decide(byAnotherProcess ? this.other : this.repository, event, new Request.Holding(ADA)))
			.containsValue(new HoldOutcome(HoldOutcome.Kind.HELD, made(ADA)));

		assertThat(document(event)).containsEntry("held", 1);
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.SOLD_OUT);
	}

	@Test
	void givesAnExpiredHoldBack() {
		EventId event = expired(ADA);

		assertThat(releaseHold(event, ADA)).isEqualTo(HoldReleaseOutcome.RELEASED);
	}

	@Test
	void takesFreeSeatsBeforeThoseOfExpiredHolds() {
		EventId event = event(2);
		holdAll(event, ADA);
		this.clock.advance(HOLD);

		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.BOOKED);

		assertThat(storedHolds(event)).containsOnlyKeys("ada");
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.CONFIRMED);
	}

	@Test
	void keepsALowerBoundOfTheEndOfHolds() {
		EventId event = event(5);
		holdAll(event, ADA);
		Date first = Date.from(made(ADA).until());
		this.clock.advance(Duration.ofSeconds(10));
		holdAll(event, BOB);
		assertThat(document(event)).containsEntry("next_expiry", first);
		book(event, ADA);
		assertThat(document(event).getDate("next_expiry")).isBeforeOrEqualTo(Date.from(made(BOB).until()));
		this.clock.set(first.toInstant());

		assertThat(sweep(this.repository).collectList().block()).isEmpty();

		assertThat(document(event)).containsEntry("next_expiry", Date.from(NOW.plusSeconds(10).plus(HOLD)));
		book(event, BOB);
		this.clock.advance(HOLD);
		assertThat(sweep(this.repository).collectList().block()).isEmpty();
		assertThat(document(event)).doesNotContainKey("next_expiry");
		assertThat(document(event)).containsEntry("revision", 4L);
	}

	/** The clock of the other process, or the length of holds, was different. */
	@Test
	void lowersTheBoundForAHoldThatEndsEarlier() {
		EventId event = event(5);
		holdAll(event, ADA);
		this.clock.set(NOW.minusSeconds(5));

		holdAll(event, BOB);

		assertThat(document(event)).containsEntry("next_expiry", Date.from(made(BOB).until()));
	}

	@Test
	void removesExpiredHoldsAndNoOthers() {
		EventId first = expired(ADA, BOB);
		EventId second = event(3);
		holdAll(second, ADA);
		this.clock.advance(Duration.ofSeconds(1));
		holdAll(second, BOB);
		this.clock.advance(HOLD.minusSeconds(1));

		assertThat(sweep(this.repository).collectList().block()).containsExactlyInAnyOrder(new Expiry(first, 2, 0),
				new Expiry(second, 1, 0));

		assertThat(storedHolds(first)).isEmpty();
		assertThat(storedHolds(second)).containsOnlyKeys("bob");
		assertThat(document(second)).containsEntry("held", 1)
			.containsEntry("revision", 3L)
			.containsEntry("next_expiry", Date.from(made(BOB).until().plusSeconds(1).minus(HOLD)));
		assertThat(sweep(this.repository).collectList().block()).isEmpty();
	}

	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void removesEachExpiredHoldOnceInSeveralProcesses() {
		EventId event = expired(users("user", 40));
		List<EventRepository> processes = Stream.generate(this::newRepository).limit(4).toList();

		List<Expiry> removed = this.stored.watch(event,
				Flux.fromIterable(processes)
					.flatMap((process) -> sweep(process).subscribeOn(Schedulers.parallel()), 4)
					.collectList());

		assertThat(removed).containsExactly(new Expiry(event, 40, 0));
		assertThat(document(event)).doesNotContainKey("next_expiry").containsEntry("held", 0);
	}

	@Test
	void removesThousandsOfExpiredHolds() {
		EventRepository large = this.storage.newRepository(this.clock, SaleSettings.DEFAULT);
		EventId event = event(3_000);
		Flux.range(0, 12)
			.concatMap((round) -> large.decide(event,
					IntStream.range(0, 250)
						.<Request>mapToObj((number) -> new Request.Holding(new UserId(round + "-" + number)))
						.toList()))
			.blockLast();
		assertThat(document(event)).containsEntry("held", 3_000);
		this.clock.advance(HOLD);
		assertThat(decide(large, event, new Request.Booking(ADA))).containsValue(BookingOutcome.BOOKED);

		assertThat(sweep(large).collectList().block()).containsExactly(new Expiry(event, 2_999, 0));

		assertThat(document(event)).containsEntry("held", 0).doesNotContainKey("next_expiry");
	}

	/** Another program wrote a revision that no write can increment. */
	@Test
	void removesTheExpiredHoldsOfOtherEventsAfterAFailure() {
		EventId broken = expired(ADA);
		EventId event = expired(BOB);
		setRevision(broken, "x");

		sweep(this.repository).as(StepVerifier::create).expectNext(new Expiry(event, 1, 0)).verifyError();

		setRevision(broken, 2L);
		assertThat(sweep(this.repository).collectList().block()).containsExactly(new Expiry(broken, 1, 0));
	}

	private void setRevision(EventId event, Object revision) {
		Mono.from(this.storage.database()
			.getCollection("events")
			.updateOne(new Document("_id", new ObjectId(event.value())),
					new Document("$set", new Document("revision", revision))))
			.block();
	}

	/** Bookings and the removal race for the same expired holds. */
	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void givesSeatsOfExpiredHoldsToOtherUsersDuringTheirRemoval() {
		for (int round = 0; round < 20; round++) {
			EventId event = expired(users("user", 4));
			List<UserId> others = Arrays.asList(users("other", 6));
			Mono<List<BookingOutcome>> bookings = Flux.fromIterable(others)
				.flatMap((user) -> this.repository.book(event, user).subscribeOn(Schedulers.parallel()), 6)
				.collectList();
			Mono<List<Expiry>> removals = this.other.removeExpiredHolds()
				.subscribeOn(Schedulers.parallel())
				.collectList();

			List<BookingOutcome> outcomes = this.stored.watch(event,
					Mono.zip(bookings, removals).map((both) -> both.getT1()));

			assertThat(outcomes).hasSize(6).filteredOn((outcome) -> outcome == BookingOutcome.BOOKED).hasSize(4);
		}
	}

	@Test
	void showsHoldsToReadersUntilTheyExpire() {
		EventId event = event(2);
		holdAll(event, ADA);
		Hold hold = made(ADA);

		assertThat(this.repository.ledger(event).block().holds()).containsExactly(hold);
		this.clock.advance(HOLD);
		assertThat(this.repository.holds(event, new HoldQuery(null, null, 5)).block().items()).isEmpty();
		assertThat(this.repository.ledger(event).block().holds()).containsExactly(hold);
	}

}
