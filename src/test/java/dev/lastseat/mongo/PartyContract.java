package dev.lastseat.mongo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives seats to all users of a party or to none.
 */
class PartyContract extends SaleTest {

	private static final UserId JOE = new UserId("joe");

	private static PartyOutcome booked(List<UserId> booked, UserId... before) {
		return new PartyOutcome(PartyOutcome.Kind.BOOKED, booked, List.of(before), 0);
	}

	@Test
	void booksAPartyWithOneRevision() {
		EventId event = event(3);

		assertThat(bookParty(event, EVE, ADA, BOB)).isEqualTo(booked(List.of(EVE, ADA, BOB)));

		assertThat(this.stored.registrationIds(event)).containsExactly("eve", "ada", "bob");
		assertThat(this.stored.read(event)).containsEntry("revision", 1L).containsEntry("tickets_sold", 3);
		assertThat(bookParty(event, ADA, BOB, EVE))
			.isEqualTo(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), List.of(ADA, BOB, EVE), 0));
	}

	@Test
	void holdsForAPartyWithOneRevision() {
		EventId event = event(3);

		assertThat(holdParty(event, EVE, ADA, BOB)).isEqualTo(
				new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(made(EVE), made(ADA), made(BOB)), List.of(), 0));

		assertThat(this.stored.read(event)).containsEntry("revision", 1L).containsEntry("held", 3);
		assertThat(holdParty(event, ADA, EVE)).isEqualTo(
				new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(), List.of(made(ADA), made(EVE)), 0));
	}

	@Test
	void changesNothingForAPartyThatDoesNotFit() {
		EventId event = event(3);
		this.storage.book(event, ADA);

		assertThat(bookParty(event, BOB, EVE, JOE)).isEqualTo(PartyOutcome.soldOut(2));
		assertThat(holdParty(event, BOB, EVE, JOE)).isEqualTo(PartyHoldOutcome.soldOut(2));

		assertThat(this.stored.read(event)).containsEntry("revision", 1L);
		assertThat(bookParty(event, ADA, BOB, EVE)).isEqualTo(booked(List.of(BOB, EVE), ADA));
		assertThat(bookParty(event, JOE)).isEqualTo(PartyOutcome.soldOut(0));
	}

	@Test
	void booksThoseWhoAreNotRegisteredAndConfirmsHolds() {
		EventId event = event(4);
		this.storage.book(event, ADA);
		holdAll(event, BOB, EVE);

		assertThat(bookParty(event, ADA, EVE, JOE)).isEqualTo(booked(List.of(EVE, JOE), ADA));

		assertThat(this.stored.registrationIds(event)).containsExactlyInAnyOrder("ada", "eve", "joe");
		assertThat(storedHolds(event)).containsOnlyKeys("bob");
	}

	@Test
	void holdsForThoseWhoHaveNoHold() {
		EventId event = event(3);
		holdAll(event, ADA);
		var before = made(ADA);
		this.clock.advance(HOLD.dividedBy(2));

		assertThat(holdParty(event, BOB, ADA, EVE))
			.isEqualTo(new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(made(BOB), made(EVE)), List.of(before), 0));
	}

	@Test
	void holdsForNoPartyWithARegisteredUser() {
		EventId event = event(4);
		this.storage.book(event, ADA);

		assertThat(holdParty(event, BOB, ADA)).isEqualTo(PartyHoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED));
		assertThat(storedHolds(event)).isEmpty();
	}

	@Test
	void renewsExpiredHoldsOfAParty() {
		EventId event = event(2);
		holdAll(event, ADA);
		this.clock.advance(HOLD);

		assertThat(holdParty(event, ADA, BOB))
			.isEqualTo(new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(made(ADA), made(BOB)), List.of(), 0));
		assertThat(this.stored.read(event)).containsEntry("held", 2);
	}

	/** A smaller request behind it may take seats that are too few for it. */
	@Test
	void givesSeatsInOrderOfArrivalToPartiesThatFit() {
		EventId event = event(4);
		Request first = new Request.PartyBooking(List.of(ADA, BOB));
		Request tooLarge = new Request.PartyBooking(List.of(users("large", 3)));
		Request small = new Request.Booking(EVE);
		Request last = new Request.PartyHolding(List.of(JOE));
		Request late = new Request.Booking(new UserId("late"));

		assertThat(decide(event, first, tooLarge, small, last, late)).containsEntry(first, booked(List.of(ADA, BOB)))
			.containsEntry(tooLarge, PartyOutcome.soldOut(0))
			.containsEntry(small, BookingOutcome.BOOKED)
			.containsEntry(late, BookingOutcome.SOLD_OUT);
		assertThat(this.repository.ledger(event).block().registrations()).containsExactly(ADA, BOB, EVE);
	}

	@Test
	void booksAPartyInSeatsThatAreReleasedInTheSameRound() {
		EventId event = event(3);
		holdAll(event, users("user", 2));
		this.clock.advance(HOLD);
		this.storage.book(event, ADA);
		Request party = new Request.PartyBooking(List.of(BOB, EVE, JOE));

		assertThat(decide(event, party, new Request.Cancellation(ADA))).containsEntry(party,
				booked(List.of(BOB, EVE, JOE)));
	}

	/**
	 * Each needs the seat of an expired hold that the other one may confirm. None of them
	 * can be in the first write.
	 */
	@Test
	void decidesPartiesThatHinderEachOther() {
		EventId event = event(2);
		holdAll(event, ADA, BOB);
		this.clock.advance(HOLD);
		Request first = new Request.PartyBooking(List.of(ADA, EVE));
		Request second = new Request.PartyBooking(List.of(BOB, JOE));

		assertThat(decide(event, first, second)).containsEntry(first, booked(List.of(ADA, EVE)))
			.containsEntry(second, PartyOutcome.soldOut(0));
	}

	@Test
	void booksAndHoldsForTheLargestParty() {
		EventId event = event(2 * Request.MAX_PARTY);
		UserId[] users = users("user", Request.MAX_PARTY);
		UserId[] others = users("other", Request.MAX_PARTY);

		assertThat(bookParty(event, users)).isEqualTo(booked(Arrays.asList(users)));
		assertThat(holdParty(event, others).held()).hasSize(Request.MAX_PARTY);
		assertThat(bookParty(event, others)).isEqualTo(booked(Arrays.asList(others)));
		assertThat(bookParty(event, JOE)).isEqualTo(PartyOutcome.soldOut(0));
	}

	/** With small segments, most of the party is sealed. */
	@Test
	void findsUsersOfAPartyInEverySegment() {
		EventId event = event(60);
		List<UserId> users = Arrays.asList(users("user", 30));
		users.forEach((user) -> this.storage.book(event, user));
		UserId[] party = Stream.concat(IntStream.of(0, 7, 15, 29).mapToObj(users::get), Stream.of(ADA, BOB))
			.toArray(UserId[]::new);

		assertThat(bookParty(event, party))
			.isEqualTo(booked(List.of(ADA, BOB), users.get(0), users.get(7), users.get(15), users.get(29)));
		assertThat(decide(this.other, event, new Request.PartyBooking(List.of(party))))
			.containsValue(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), List.of(party), 0));
		assertThat(holdParty(event, EVE, users.get(3)).kind()).isEqualTo(HoldOutcome.Kind.ALREADY_REGISTERED);
		assertThat(this.repository.release(event, users.get(7)).block()).isEqualTo(ReleaseOutcome.RELEASED);
		assertThat(bookParty(event, users.get(7), users.get(0))).isEqualTo(booked(List.of(users.get(7)), users.get(0)));
		Awaitility.await().untilAsserted(() -> this.stored.requireInvariants(event));
	}

	@Test
	void decidesPartiesOfAllKindsInOneRound() {
		EventId event = event(6);
		this.storage.book(event, ADA);
		holdAll(event, BOB);
		Request booking = new Request.PartyBooking(List.of(ADA, BOB, EVE));
		Request holding = new Request.PartyHolding(Arrays.asList(users("user", 3)));
		Request tooLarge = new Request.PartyHolding(Arrays.asList(users("large", 2)));

		assertThat(Map.copyOf(decide(event, booking, holding, tooLarge)))
			.containsEntry(booking, booked(List.of(BOB, EVE), ADA))
			.containsEntry(holding,
					new PartyHoldOutcome(HoldOutcome.Kind.HELD,
							Arrays.stream(users("user", 3)).map(this::made).toList(), List.of(), 0))
			.containsEntry(tooLarge, PartyHoldOutcome.soldOut(0));
	}

}
