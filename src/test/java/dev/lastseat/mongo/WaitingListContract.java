package dev.lastseat.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JoinOutcome.Kind;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets users join and leave the waiting list of a full event.
 */
class WaitingListContract extends WaitingListTest {

	@Test
	void joinsTheEndOfTheList() {
		EventId event = soldOut(1);

		assertThat(join(event, ADA)).isEqualTo(joined(1, 1));
		assertThat(join(this.other, event, BOB)).isEqualTo(joined(2, 2));

		assertThat(this.stored.read(event)).containsEntry("waiting", List.of("ada", "bob"))
			.containsEntry("waiting_count", 2)
			.containsEntry("revision", 3L);
		assertThat(this.repository.find(event).block()).extracting(Event::waiting, Event::remaining)
			.containsExactly(2, 0);
		assertThat(this.storage.feed().statuses(List.of(event)).single().block())
			.extracting(EventStatus::waiting, EventStatus::remaining)
			.containsExactly(2, 0);
	}

	@Test
	void storesNoFieldsOfTheListBeforeTheFirstUserJoins() {
		EventId event = soldOut(1);
		cancelAll(event, new UserId("booked0"));

		assertThat(join(event, ADA)).isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));

		assertThat(this.stored.read(event)).doesNotContainKeys("waiting", "waiting_count");
	}

	@Test
	void joinsInTheOrderOfTheRound() {
		EventId event = soldOut(1, 1);

		assertThat(decide(event, new Request.Joining(BOB), new Request.Joining(ADA)))
			.containsEntry(new Request.Joining(BOB), joined(2, 2))
			.containsEntry(new Request.Joining(ADA), joined(3, 3));

		assertThat(this.stored.read(event)).containsEntry("revision", 3L);
		assertThat(waiting(event)).containsExactly("waiting0", "bob", "ada");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void joinsOnce(boolean byAnotherProcess) {
		EventId event = soldOut(1);
		joinAll(event, ADA, BOB);

		assertThat(join(byAnotherProcess ? this.other : this.repository, event, ADA))
			.isEqualTo(new JoinOutcome(Kind.ALREADY_WAITING, new WaitingPlace(1, 2)));

		assertThat(waiting(event)).containsExactly("ada", "bob");
		assertThat(revision(event)).isEqualTo(3);
	}

	@Test
	void doesNotJoinWhileTheSeatOfAnExpiredHoldIsFree() {
		EventId event = event(1);
		holdAll(event, ADA);
		assertThat(join(event, BOB)).isEqualTo(joined(1, 1));
		assertThat(leave(event, BOB)).isEqualTo(LeaveOutcome.LEFT);
		this.clock.advance(HOLD);

		assertThat(join(event, BOB)).isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
	}

	@Test
	void doesNotJoinWithAHoldOrAnOffer() {
		EventId event = event(2);
		holdAll(event, ADA);
		this.storage.book(event, BOB);
		joinAll(event, EVE);
		cancelAll(event, BOB);

		assertThat(join(event, ADA)).isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
		assertThat(join(event, EVE)).isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
		this.clock.advance(OFFER);
		assertThat(join(event, EVE)).as("a late holder").isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
	}

	/** Most of the registrations are sealed if segments are small. */
	@Test
	void doesNotJoinWithARegistration() {
		EventId event = event(30);
		UserId[] users = users("user", 30);
		this.storage.book(event, users);
		joinAll(event, ADA);

		for (UserId user : users) {
			assertThat(join(event, user)).isEqualTo(JoinOutcome.refused(Kind.ALREADY_REGISTERED));
			assertThat(join(this.other, event, user)).isEqualTo(JoinOutcome.refused(Kind.ALREADY_REGISTERED));
		}

		assertThat(waiting(event)).containsExactly("ada");
	}

	/** A seat that cannot be booked is no reason to book instead. */
	@Test
	void doesNotSendUsersToAClosedSale() {
		EventId event = event(2, NOW, NOW.plus(HOLD));
		this.clock.advance(HOLD.minusMillis(1));
		holdAll(event, ADA);
		assertThat(join(event, EVE)).isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
		this.clock.advance(Duration.ofMillis(1));

		assertThat(join(event, EVE)).isEqualTo(JoinOutcome.refused(Kind.CLOSED));
		assertThat(join(event, ADA)).as("a user with a hold").isEqualTo(JoinOutcome.refused(Kind.SEATS_FREE));
	}

	@Test
	void doesNotJoinAClosedSale() {
		EventId event = event(1, NOW, NOW.plus(HOLD));
		this.clock.advance(HOLD.minusMillis(1));
		holdAll(event, ADA);
		joinAll(event, BOB);
		this.clock.advance(Duration.ofMillis(1));

		assertThat(join(event, EVE)).isEqualTo(JoinOutcome.refused(Kind.CLOSED));
		assertThat(join(event, BOB).kind()).isEqualTo(Kind.ALREADY_WAITING);
		assertThat(leave(event, BOB)).isEqualTo(LeaveOutcome.LEFT);
	}

	@Test
	void doesNotJoinAFullList() {
		EventRepository small = this.storage.newRepository(this.clock, new SaleSettings(MAX_HOLDS, 3, true));
		EventId event = soldOut(1, 1);

		assertThat(decide(small, event, new Request.Joining(ADA), new Request.Joining(BOB), new Request.Joining(EVE)))
			.containsEntry(new Request.Joining(ADA), joined(2, 2))
			.containsEntry(new Request.Joining(BOB), joined(3, 3))
			.containsEntry(new Request.Joining(EVE), JoinOutcome.refused(Kind.LIST_FULL));

		assertThat(join(small, event, new UserId("booked0")).kind()).isEqualTo(Kind.ALREADY_REGISTERED);
		assertThat(join(small, event, BOB).kind()).isEqualTo(Kind.ALREADY_WAITING);
		assertThat(leave(event, ADA)).isEqualTo(LeaveOutcome.LEFT);
		assertThat(join(small, event, EVE)).isEqualTo(joined(3, 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope" })
	void hasNoListOfAnUnknownEvent(String id) {
		EventId event = new EventId(id);

		assertThat(decide(event, new Request.Joining(ADA), new Request.Leaving(BOB)))
			.containsEntry(new Request.Joining(ADA), JoinOutcome.refused(Kind.EVENT_NOT_FOUND))
			.containsEntry(new Request.Leaving(BOB), LeaveOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.standings(event, Set.of(ADA)).blockOptional()).isEmpty();
		assertThat(this.repository.displayedStandings(event, Set.of(ADA)).blockOptional()).isEmpty();
		assertThat(this.repository.waitingList(event, 0, 5).blockOptional()).isEmpty();
	}

	@Test
	void leavesOnceAndMovesTheOthersUp() {
		EventId event = soldOut(1);
		joinAll(event, ADA, BOB, EVE);

		assertThat(leave(event, BOB)).isEqualTo(LeaveOutcome.LEFT);
		assertThat(leave(event, BOB)).isEqualTo(LeaveOutcome.NOT_WAITING);

		assertThat(standing(event, EVE)).isEqualTo(Standing.of(new WaitingPlace(2, 2)));
		assertThat(revision(event)).isEqualTo(5);
		assertThat(join(event, BOB)).isEqualTo(joined(3, 3));
		assertThat(waiting(event)).containsExactly("ada", "eve", "bob");
	}

	@Test
	void leavesOnlyTheList() {
		EventId event = event(3);
		holdAll(event, ADA);
		this.storage.book(event, BOB, new UserId("joe"));
		joinAll(event, EVE);
		cancelAll(event, BOB);

		assertThat(decide(event, new Request.Leaving(ADA), new Request.Leaving(new UserId("joe")),
				new Request.Leaving(EVE), new Request.Leaving(BOB))
			.values()).containsOnly(LeaveOutcome.NOT_WAITING);

		assertThat(standing(event, ADA)).isEqualTo(Standing.of(made(ADA)));
		assertThat(standing(event, EVE)).isEqualTo(Standing.of(offered(EVE)));
	}

	@Test
	void allLeaveInOneRound() {
		EventId event = soldOut(1, 3);
		Request[] leaving = Stream.of(users("waiting", 3)).map(Request.Leaving::new).toArray(Request[]::new);

		assertThat(decide(event, leaving).values()).hasSize(3).containsOnly(LeaveOutcome.LEFT);

		assertThat(this.stored.read(event)).containsEntry("waiting", List.of()).containsEntry("waiting_count", 0);
		cancelAll(event, new UserId("booked0"));
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.BOOKED);
	}

	/** A user of the round that joins and users that leave need two writes. */
	@Test
	void joinsAndLeavesInOneRound() {
		EventId event = soldOut(1, 2);

		assertThat(decide(event, new Request.Joining(ADA), new Request.Leaving(new UserId("waiting0"))))
			.containsEntry(new Request.Joining(ADA), joined(2, 2))
			.containsEntry(new Request.Leaving(new UserId("waiting0")), LeaveOutcome.LEFT);

		assertThat(waiting(event)).containsExactly("waiting1", "ada");
	}

	@Test
	void listsTheWaitingUsersInPages() {
		EventId event = soldOut(1);
		joinAll(event, ADA, BOB, EVE);

		assertThat(this.repository.waitingList(event, 0, 2).block()).isEqualTo(new Page<>(List.of(ADA, BOB), 2));
		assertThat(this.repository.waitingList(event, 2, 2).block()).isEqualTo(new Page<>(List.of(EVE), null));
		assertThat(this.repository.waitingList(event, 0, 3).block())
			.isEqualTo(new Page<>(List.of(ADA, BOB, EVE), null));
		assertThat(this.repository.waitingList(event, 3, 2).block()).isEqualTo(new Page<>(List.of(), null));
		assertThat(this.repository.waitingList(event(1), 0, 2).block()).isEqualTo(new Page<>(List.of(), null));
	}

	@Test
	void tellsTheStandingOfAnyNumberOfUsers() {
		EventId event = event(30);
		this.storage.book(event, users("user", 27));
		this.storage.book(event, BOB);
		holdAll(event, ADA);
		holdAll(event, new UserId("late"));
		joinAll(event, EVE, new UserId("first"), new UserId("second"));
		cancelAll(event, BOB);
		UserId[] some = { ADA, BOB, EVE, new UserId("first"), new UserId("second"), new UserId("user0"),
				new UserId("user26") };
		UserId[] all = Stream.concat(Stream.of(some), Stream.of(users("user", 27))).distinct().toArray(UserId[]::new);

		for (UserId[] users : List.of(some, all)) {
			for (EventRepository process : List.of(this.repository, this.other, newRepository())) {
				var standings = process.standings(event, Set.of(users)).block();
				assertThat(standings).hasSameSizeAs(users)
					.containsEntry(ADA, Standing.of(made(ADA)))
					.containsEntry(BOB, Standing.NONE)
					.containsEntry(EVE, Standing.of(offered(EVE)))
					.containsEntry(some[3], Standing.of(new WaitingPlace(1, 2)))
					.containsEntry(some[4], Standing.of(new WaitingPlace(2, 2)))
					.containsEntry(some[5], Standing.REGISTERED)
					.containsEntry(some[6], Standing.REGISTERED);
				assertThat(process.displayedStandings(event, Set.of(users)).block())
					.isEqualTo(new DisplayedStandings(revision(event), standings));
			}
		}
		this.clock.advance(HOLD);
		assertThat(standing(event, ADA)).as("expired").isEqualTo(Standing.NONE);
		assertThat(standing(event, EVE)).isEqualTo(Standing.of(new Hold(EVE, NOW.plus(OFFER), true)));
	}

	@Test
	void acceptsAnyUserId() {
		UserId[] users = List
			.of("a.b", "$set", "%24set", "$", "%", "%2E", "0", "42", "__proto__", "$$this", "$waiting", "...",
					"x".repeat(255), ".".repeat(255))
			.stream()
			.map(UserId::new)
			.toArray(UserId[]::new);
		EventId event = soldOut(2);

		for (int i = 0; i < users.length; i++) {
			assertThat(join(event, users[i])).isEqualTo(joined(i + 1, i + 1));
			assertThat(join(this.other, event, users[i]).kind()).isEqualTo(Kind.ALREADY_WAITING);
			assertThat(standing(event, users[i])).isEqualTo(Standing.of(new WaitingPlace(i + 1, i + 1)));
		}
		assertThat(this.repository.waitingList(event, 0, 50).block().items()).containsExactly(users);
		for (UserId user : users) {
			assertThat(leave(event, user)).isEqualTo(LeaveOutcome.LEFT);
			joinAll(event, user);
		}
		cancelAll(event, users("booked", 2));
		for (int i = 0; i + 1 < users.length; i++) {
			assertThat(standing(event, users[i]).state()).isEqualTo(Standing.State.OFFERED);
			assertThat(book(event, users[i])).isEqualTo(BookingOutcome.CONFIRMED);
			cancelAll(event, users[i]);
		}
	}

	@Test
	void doesNotDeleteAnEventWhileUsersWaitForItsSeats() {
		EventId event = soldOut(1, 2);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);
		cancelAll(event, new UserId("booked0"));
		assertThat(this.repository.delete(event).block()).as("an offer").isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);
		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block())
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(join(event, ADA)).isEqualTo(JoinOutcome.refused(Kind.EVENT_NOT_FOUND));
		this.clock.advance(OFFER);
		assertThat(sweep(this.repository).collectList().block()).isEmpty();
	}

	@Test
	void leavesNoSeatsToWaitingUsersBelowALowerCapacity() {
		EventId event = soldOut(2, 2);
		cancelAll(event, new UserId("booked0"));

		assertThat(this.repository.change(event, EventChange.ofCapacity(1)).block())
			.isEqualTo(ChangeOutcome.CAPACITY_BELOW_SOLD);
		this.clock.advance(OFFER);
		assertThat(this.repository.change(event, EventChange.ofCapacity(1)).block()).as("the offer is expired")
			.isEqualTo(ChangeOutcome.CHANGED);

		assertThat(offers(event)).isEmpty();
		assertThat(waiting(event)).containsExactly("waiting1");
		cancelAll(event, new UserId("booked1"));
		assertThat(offers(event)).containsExactly(new UserId("waiting1"));
	}

}
