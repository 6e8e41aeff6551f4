package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Offers free seats to the first users that wait, and to nobody else.
 */
class OfferContract extends WaitingListTest {

	private static final UserId JOE = new UserId("joe");

	private static UserId booked(int number) {
		return new UserId("booked" + number);
	}

	private static UserId waiting(int number) {
		return new UserId("waiting" + number);
	}

	private void expectSweep(EventId event, int holds, int offers) {
		assertThat(sweep(this.other).collectList().block()).containsExactly(new Expiry(event, holds, offers));
	}

	/** How three seats of an event become free. */
	enum Freed {

		BY_CANCELLATIONS(1) {
			@Override
			void free(OfferContract test, EventId event) {
				test.cancelAll(event, booked(0), booked(1), booked(2));
			}
		},

		BY_RELEASES_OF_HOLDS(1) {
			@Override
			void take(OfferContract test, EventId event) {
				test.holdAll(event, users("booked", 3));
			}

			@Override
			void free(OfferContract test, EventId event) {
				test.releaseAll(event, booked(0), booked(1), booked(2));
			}
		},

		BY_DECLINED_OFFERS(1) {
			@Override
			void take(OfferContract test, EventId event) {
				test.storage.book(event, users("booked", 3));
				test.joinAll(event, users("offered", 3));
				test.cancelAll(event, users("booked", 3));
			}

			@Override
			void free(OfferContract test, EventId event) {
				test.releaseAll(event, users("offered", 3));
			}
		},

		BY_EXPIRY_AND_A_SWEEP(1) {
			@Override
			void take(OfferContract test, EventId event) {
				test.holdAll(event, users("booked", 3));
			}

			@Override
			void free(OfferContract test, EventId event) {
				test.clock.advance(HOLD);
				test.expectSweep(event, 3, 3);
			}
		},

		/** Each round ends as many expired holds as twice its users. */
		BY_EXPIRY_AND_REFUSED_BOOKINGS(1) {
			@Override
			void take(OfferContract test, EventId event) {
				test.holdAll(event, users("booked", 3));
			}

			@Override
			void free(OfferContract test, EventId event) {
				test.clock.advance(HOLD);
				assertThat(decide(test.other, event, new Request.Booking(ADA), new Request.Booking(BOB)).values())
					.hasSize(2)
					.containsOnly(BookingOutcome.SOLD_OUT);
			}
		},

		BY_A_HIGHER_CAPACITY(2) {
			@Override
			void free(OfferContract test, EventId event) {
				assertThat(test.repository.change(event, EventChange.ofCapacity(8)).block())
					.isEqualTo(ChangeOutcome.CHANGED);
			}
		},

		BY_A_HIGHER_CAPACITY_BEFORE_A_CRASH(2) {
			@Override
			void free(OfferContract test, EventId event) {
				test.raiseWithoutOffers(event, 8);
				test.expectSweep(event, 0, 3);
			}
		},

		BY_ALL_KINDS_OF_A_ROUND(1) {
			@Override
			void take(OfferContract test, EventId event) {
				test.storage.book(event, booked(0));
				test.holdAll(event, booked(1), booked(2));
			}

			@Override
			void free(OfferContract test, EventId event) {
				test.clock.advance(HOLD);
				assertThat(decide(test.other, event, new Request.Cancellation(booked(0)),
						new Request.HoldRelease(booked(1)), new Request.Booking(ADA)))
					.containsEntry(new Request.Cancellation(booked(0)), ReleaseOutcome.RELEASED)
					.containsEntry(new Request.HoldRelease(booked(1)), HoldReleaseOutcome.RELEASED)
					.containsEntry(new Request.Booking(ADA), BookingOutcome.SOLD_OUT);
			}
		};

		private final int writes;

		Freed(int writes) {
			this.writes = writes;
		}

		void take(OfferContract test, EventId event) {
			test.storage.book(event, users("booked", 3));
		}

		abstract void free(OfferContract test, EventId event);

	}

	private void releaseAll(EventId event, UserId... users) {
		Request[] releases = Stream.of(users).map(Request.HoldRelease::new).toArray(Request[]::new);
		assertThat(decide(event, releases).values()).hasSize(users.length).containsOnly(HoldReleaseOutcome.RELEASED);
	}

	/** The write of a process that crashes before it makes the offers. */
	private void raiseWithoutOffers(EventId event, int capacity) {
		EventWrites writes = new EventWrites(this.storage.collections().eventsToWrite(), SaleSettings.DEFAULT,
				this.clock);
		assertThat(writes.change(new ObjectId(event.value()), EventChange.ofCapacity(capacity), RevisionCondition.NONE)
			.decide(Mono.never(), 1)
			.block()).isEqualTo(ChangeOutcome.CHANGED);
	}

	private Instant nextSweep(EventId event) {
		return this.stored.read(event).getDate("next_expiry").toInstant();
	}

	@ParameterizedTest
	@EnumSource
	void offersFreedSeatsToTheFirstUsersInOneWrite(Freed freed) {
		EventId event = event(5);
		this.storage.book(event, users("other", 2));
		freed.take(this, event);
		joinAll(event, users("waiting", 5));
		long before = revision(event);

		freed.free(this, event);

		assertThat(offers(event)).containsExactlyInAnyOrder(users("waiting", 3));
		assertThat(waiting(event)).containsExactly("waiting3", "waiting4");
		assertThat(revision(event)).isEqualTo(before + freed.writes);
		assertThat(this.repository.holds(event, Set.of(users("waiting", 3))).block()).containsOnly(
				Map.entry(waiting(0), offered(waiting(0))), Map.entry(waiting(1), offered(waiting(1))),
				Map.entry(waiting(2), offered(waiting(2))));
		assertThat(nextSweep(event)).isBeforeOrEqualTo(offered(waiting(0)).until());
		assertThat(this.repository.find(event).block().remaining()).isZero();
	}

	@Test
	void offersFiftySeatsInOneWrite() {
		EventId event = soldOut(50, 60);
		long before = revision(event);

		cancelAll(event, users("booked", 50));

		assertThat(revision(event)).isEqualTo(before + 1);
		assertThat(offers(event)).containsExactlyInAnyOrder(users("waiting", 50));
		assertThat(waiting(event))
			.containsExactlyElementsOf(Arrays.stream(users("waiting", 60)).skip(50).map(UserId::value).toList());
	}

	@Test
	void offersLastForAnHourByDefault() {
		EventId event = this.repository.create(new EventDraft("A sale", null, NOW, null, 1), NOW).block().id();
		this.storage.book(event, ADA);
		joinAll(event, BOB);

		cancelAll(event, ADA);

		assertThat(standing(event, BOB).expiresAt()).isEqualTo(NOW.plusSeconds(3_600));
	}

	/** The other process remembers nothing of the event. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refusesNewUsersAfterASeatWasFreed(boolean byAnotherProcess) {
		EventId event = soldOut(2, 2);
		EventRepository process = byAnotherProcess ? newRepository() : this.repository;
		cancelAll(event, booked(0));

		assertThat(decide(process, event, new Request.Booking(ADA))).containsValue(BookingOutcome.SOLD_OUT);
		assertThat(decide(process, event, new Request.Holding(ADA)))
			.containsValue(HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT));
		assertThat(decide(process, event, new Request.PartyBooking(List.of(ADA))))
			.containsValue(PartyOutcome.soldOut(0));
		assertThat(decide(process, event, new Request.PartyHolding(List.of(ADA))))
			.containsValue(PartyHoldOutcome.soldOut(0));
		assertThat(decide(process, event, new Request.Booking(waiting(1)))).as("not its turn")
			.containsValue(BookingOutcome.SOLD_OUT);
		assertThat(waiting(event)).containsExactly("waiting1");
	}

	@Test
	void refusesNewUsersInTheRoundThatFreesASeat() {
		EventId event = soldOut(1, 1);

		Map<Request, Outcome> outcomes = decide(event, new Request.Booking(ADA), new Request.Holding(BOB),
				new Request.PartyBooking(List.of(EVE)), new Request.Cancellation(booked(0)));

		assertThat(outcomes).containsEntry(new Request.Booking(ADA), BookingOutcome.SOLD_OUT)
			.containsEntry(new Request.Holding(BOB), HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT))
			.containsEntry(new Request.PartyBooking(List.of(EVE)), PartyOutcome.soldOut(0));
		assertThat(offers(event)).containsExactly(waiting(0));
	}

	/**
	 * A user books in the round that gives it the seat, without waiting for the offer.
	 */
	@Test
	void decidesTheBookingOfAWaitingUserAfterItsOffer() {
		EventId event = soldOut(1, 1);

		assertThat(decide(event, new Request.Booking(waiting(0)), new Request.Cancellation(booked(0))))
			.containsEntry(new Request.Booking(waiting(0)), BookingOutcome.CONFIRMED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void acceptsAnOfferByABooking(boolean byAnotherProcess) {
		EventId event = soldOut(1, 2);
		cancelAll(event, booked(0));

		assertThat(decide(byAnotherProcess ? this.other : this.repository, event, new Request.Booking(waiting(0))))
			.containsValue(BookingOutcome.CONFIRMED);

		assertThat(this.stored.registrationIds(event)).containsExactly("waiting0");
		assertThat(waiting(event)).containsExactly("waiting1");
	}

	@Test
	void acceptsOffersAndHoldsAsAParty() {
		EventId event = event(3);
		holdAll(event, ADA);
		this.storage.book(event, BOB, EVE);
		joinAll(event, JOE, waiting(0));
		cancelAll(event, BOB);

		assertThat(bookParty(event, ADA, JOE).kind()).isEqualTo(PartyOutcome.Kind.BOOKED);

		assertThat(waiting(event)).containsExactly("waiting0");
	}

	@Test
	void returnsTheOfferToARequestForAHold() {
		EventId event = soldOut(1, 1);
		cancelAll(event, booked(0));

		assertThat(hold(event, waiting(0)))
			.isEqualTo(new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, offered(waiting(0))));
	}

	@Test
	void offersAndAcceptsAfterTheSaleIsClosed() {
		EventId event = event(1, NOW, NOW.plus(HOLD));
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.BOOKED);
		joinAll(event, BOB);
		this.clock.advance(HOLD);

		cancelAll(event, ADA);

		assertThat(standing(event, BOB).hold()).isEqualTo(offered(BOB));
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.CONFIRMED);
	}

	@Test
	void expiredOffersGoToTheNextUsers() {
		EventId event = soldOut(2, 5);
		cancelAll(event, users("booked", 2));
		this.clock.advance(OFFER.minusMillis(1));
		assertThat(sweep(this.repository).collectList().block()).isEmpty();
		this.clock.advance(Duration.ofMillis(1));

		expectSweep(event, 2, 2);
		assertThat(offers(event)).containsExactlyInAnyOrder(waiting(2), waiting(3));
		this.clock.advance(OFFER);
		expectSweep(event, 2, 1);

		assertThat(offers(event)).containsExactly(waiting(4));
		assertThat(waiting(event)).isEmpty();
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.BOOKED);
		this.clock.advance(OFFER);
		expectSweep(event, 1, 0);
		assertThat(storedHolds(event)).isEmpty();
	}

	@Test
	void aLateUserAcceptsUntilItsSeatWentOn() {
		EventId event = soldOut(2, 4);
		cancelAll(event, users("booked", 2));
		this.clock.advance(OFFER);

		assertThat(hold(event, waiting(0))).as("others wait for the seat")
			.isEqualTo(HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT));
		assertThat(offers(event)).containsExactlyInAnyOrder(waiting(0), waiting(2));
		assertThat(book(event, waiting(0))).isEqualTo(BookingOutcome.CONFIRMED);
		assertThat(book(event, waiting(1))).isEqualTo(BookingOutcome.SOLD_OUT);
	}

	@Test
	void renewsAnExpiredOfferAsAHoldIfNobodyWaits() {
		EventId event = soldOut(1, 1);
		cancelAll(event, booked(0));
		this.clock.advance(OFFER);

		assertThat(hold(event, waiting(0))).isEqualTo(new HoldOutcome(HoldOutcome.Kind.HELD, made(waiting(0))));
	}

	@Test
	void leavesSeatsThatNobodyWaitsForToNewUsers() {
		EventId event = soldOut(4, 2);

		cancelAll(event, users("booked", 4));

		assertThat(offers(event)).containsExactlyInAnyOrder(users("waiting", 2));
		assertThat(this.repository.find(event).block().remaining()).isEqualTo(2);
		assertThat(join(event, ADA)).isEqualTo(JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE));
		assertThat(bookParty(event, ADA, BOB).kind()).isEqualTo(PartyOutcome.Kind.BOOKED);
		assertThat(book(event, EVE)).isEqualTo(BookingOutcome.SOLD_OUT);
	}

	@Test
	void skipsUsersThatLeaveInTheSameRound() {
		EventId event = soldOut(1, 3);

		assertThat(decide(event, new Request.Cancellation(booked(0)), new Request.Leaving(waiting(0)),
				new Request.Leaving(waiting(2))))
			.containsEntry(new Request.Leaving(waiting(0)), LeaveOutcome.LEFT)
			.containsEntry(new Request.Leaving(waiting(2)), LeaveOutcome.LEFT);

		assertThat(offers(event)).containsExactly(waiting(1));
		assertThat(waiting(event)).isEmpty();
	}

	/** Neither a pipeline nor two updates change the list in a write that books. */
	@Test
	void usersLeaveInARoundThatCancelsAndConfirms() {
		EventId event = event(3);
		holdAll(event, ADA, EVE);
		this.storage.book(event, BOB);
		joinAll(event, JOE);

		assertThat(decide(event, new Request.Cancellation(BOB), new Request.Booking(ADA), new Request.Leaving(JOE),
				new Request.PartyBooking(List.of(EVE))))
			.containsEntry(new Request.Cancellation(BOB), ReleaseOutcome.RELEASED)
			.containsEntry(new Request.Booking(ADA), BookingOutcome.CONFIRMED)
			.containsEntry(new Request.PartyBooking(List.of(EVE)),
					new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(EVE), List.of(), 0))
			.containsEntry(new Request.Leaving(JOE), LeaveOutcome.LEFT);

		assertThat(waiting(event)).isEmpty();
		assertThat(this.stored.registrationIds(event)).containsExactlyInAnyOrder("ada", "eve");
	}

	@Test
	void offersInARoundThatCancelsAndConfirms() {
		EventId event = event(2);
		holdAll(event, ADA);
		this.storage.book(event, BOB);
		joinAll(event, JOE);

		assertThat(decide(event, new Request.Booking(ADA), new Request.Cancellation(BOB)))
			.containsEntry(new Request.Booking(ADA), BookingOutcome.CONFIRMED)
			.containsEntry(new Request.Cancellation(BOB), ReleaseOutcome.RELEASED);

		assertThat(offers(event)).containsExactly(JOE);
	}

	@Test
	void usersJoinInARoundThatCancelsAndBooks() {
		EventId event = soldOut(1);

		Map<Request, Outcome> outcomes = decide(event, new Request.Cancellation(booked(0)), new Request.Booking(ADA),
				new Request.Joining(BOB));

		assertThat(outcomes).containsEntry(new Request.Cancellation(booked(0)), ReleaseOutcome.RELEASED)
			.containsEntry(new Request.Booking(ADA), BookingOutcome.BOOKED);
		boolean joined = outcomes.get(new Request.Joining(BOB)).equals(joined(1, 1));
		assertThat(joined || outcomes.containsValue(JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE))).isTrue();
		assertThat(waiting(event)).hasSize(joined ? 1 : 0);
	}

	@Test
	void makesAsManyOffersAsHoldsAreAllowed() {
		EventRepository small = this.storage.newRepository(this.clock, new SaleSettings(2, 9, true));
		EventId event = soldOut(4, 5);
		Request[] cancellations = Stream.of(users("booked", 4)).map(Request.Cancellation::new).toArray(Request[]::new);

		assertThat(decide(small, event, cancellations).values()).containsOnly(ReleaseOutcome.RELEASED);

		assertThat(offers(event)).containsExactlyInAnyOrder(users("waiting", 2));
		assertThat(decide(small, event, new Request.Booking(ADA))).containsValue(BookingOutcome.SOLD_OUT);
		assertThat(join(small, event, ADA)).isEqualTo(joined(4, 4));
		assertThat(small.removeExpiredHolds().collectList().block()).noneMatch((one) -> one.event().equals(event));
		assertThat(nextSweep(event)).as("free seats are left").isBeforeOrEqualTo(this.clock.instant());
		long before = revision(event);
		assertThat(decide(small, event, new Request.Booking(waiting(0)))).containsValue(BookingOutcome.CONFIRMED);
		assertThat(revision(event)).as("accepted and offered in one write").isEqualTo(before + 1);
		assertThat(offers(event)).containsExactlyInAnyOrder(waiting(1), waiting(2));
		assertThat(decide(small, event, new Request.HoldRelease(waiting(1))))
			.containsValue(HoldReleaseOutcome.RELEASED);
		assertThat(decide(small, event, new Request.Booking(waiting(2)), new Request.Booking(waiting(3))).values())
			.containsOnly(BookingOutcome.CONFIRMED);
		assertThat(offers(event)).containsExactlyInAnyOrder(waiting(4));
		assertThat(waiting(event)).containsExactly("ada");
		assertThat(small.removeExpiredHolds().collectList().block()).noneMatch((one) -> one.event().equals(event));
		decide(small, event, new Request.HoldRelease(waiting(4)));
		assertThat(offers(event)).containsExactlyInAnyOrder(ADA);
	}

	@Test
	void sweepsAFullEventAgainWhenAnOfferExpires() {
		EventId event = soldOut(1, 2);
		raiseWithoutOffers(event, 2);
		assertThat(nextSweep(event)).isBeforeOrEqualTo(this.clock.instant());

		expectSweep(event, 0, 1);

		assertThat(nextSweep(event)).isEqualTo(offered(waiting(0)).until());
	}

	/** More seats than one write offers. A crash after that write loses nothing. */
	@Test
	void offersMoreThanOneWriteCan() {
		EventRepository large = this.storage.newRepository(this.clock, SaleSettings.DEFAULT);
		EventId event = soldOut(1);
		for (int part = 0; part < 3; part++) {
			Request[] joins = Stream.of(users(part + "-", 200)).map(Request.Joining::new).toArray(Request[]::new);
			assertThat(decide(large, event, joins)).hasSize(200);
		}

		assertThat(large.change(event, EventChange.ofCapacity(561)).block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(offers(event)).hasSize(560).contains(new UserId("2-159")).doesNotContain(new UserId("2-160"));
		assertThat(this.repository.find(event).block().waiting()).isEqualTo(40);
	}

	@Test
	void deletesAnEventWithAnExpiredOffer() {
		EventId event = soldOut(1, 2);
		cancelAll(event, booked(0));
		this.clock.advance(OFFER);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.DELETED);
	}

	/** Two processes free seats at the same time, while users join, leave and book. */
	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void keepsTheOrderWhileProcessesRace() {
		for (int round = 0; round < 8; round++) {
			EventId event = soldOut(6, 8);
			List<Request> requests = Stream
				.of(Stream.of(users("booked", 6)).map(Request.Cancellation::new),
						Stream.of(users("new", 6)).map(Request.Booking::new),
						Stream.of(users("joining", 4)).map(Request.Joining::new),
						Stream.of(waiting(1), waiting(6)).map(Request.Leaving::new))
				.flatMap((one) -> one)
				.map(Request.class::cast)
				.toList();
			List<Decision> decisions = this.stored.watch(event,
					Flux.range(0, requests.size())
						.flatMap((number) -> ((number % 2 == 0) ? this.repository : this.other)
							.decide(event, List.of(requests.get(number)))
							.subscribeOn(Schedulers.parallel()), 8)
						.collectList());

			assertThat(decisions).hasSameSizeAs(requests);
			assertThat(outcomes(decisions, Request.Cancellation.class)).containsOnly(ReleaseOutcome.RELEASED);
			assertThat(outcomes(decisions, Request.Booking.class)).containsOnly(BookingOutcome.SOLD_OUT);
			List<Decision> leaving = decisions.stream().filter((one) -> one.outcome() == LeaveOutcome.LEFT).toList();
			Set<UserId> first = Set.copyOf(Stream.of(users("waiting", 8))
				.filter((user) -> leaving.stream().noneMatch((one) -> one.request().users().contains(user)))
				.limit(6)
				.toList());
			assertThat(offers(event)).as("offers after " + leaving).isEqualTo(first);
			assertThat(outcomes(decisions, Request.Joining.class)).hasSize(4)
				.allMatch((outcome) -> ((JoinOutcome) outcome).kind() == JoinOutcome.Kind.JOINED);
		}
	}

	private static Collection<Outcome> outcomes(List<Decision> decisions, Class<? extends Request> kind) {
		return decisions.stream().filter((one) -> kind.isInstance(one.request())).map(Decision::outcome).toList();
	}

}
