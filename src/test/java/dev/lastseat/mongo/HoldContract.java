package dev.lastseat.mongo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldOutcome.Kind;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps seats for users until they confirm, give back or lose them.
 */
class HoldContract extends SaleTest {

	@Test
	void holdsASeatWithOneRevision() {
		EventId event = event(2);

		holdAll(event, ADA);

		assertThat(this.stored.read(event)).containsEntry("held", 1)
			.containsEntry("tickets_sold", 0)
			.containsEntry("revision", 1L)
			.containsEntry("next_expiry", Date.from(NOW.plus(HOLD)))
			.containsEntry("holds", new Document("ada", new Document("until", Date.from(NOW.plus(HOLD)))));
		assertThat(this.repository.find(event).block()).extracting(Event::held, Event::remaining).containsExactly(1, 1);
		assertThat(this.storage.feed().statuses(List.of(event)).single().block())
			.extracting(EventStatus::held, EventStatus::remaining)
			.containsExactly(1, 1);
	}

	@Test
	void storesNoFieldsOfHoldsBeforeTheFirstOne() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA);

		assertThat(this.stored.read(event)).doesNotContainKeys("holds", "held", "next_expiry", "hold_seconds",
				"sales_open_at", "sales_close_at");
	}

	@Test
	void holdsForTenMinutesByDefault() {
		EventId event = this.storage.event(1);

		assertThat(hold(event, ADA).hold().until()).isEqualTo(NOW.plusSeconds(600));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void doesNotExtendAHold(boolean byAnotherProcess) {
		EventId event = event(1);
		holdAll(event, ADA);
		Hold first = made(ADA);
		this.clock.advance(HOLD.minusMillis(1));

		assertThat(decide(byAnotherProcess ? this.other : this.repository, event, new Request.Holding(ADA)))
			.containsValue(new HoldOutcome(Kind.ALREADY_HELD, first));

		assertThat(this.stored.read(event)).containsEntry("revision", 1L);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void confirmsAHoldOfAFullEvent(boolean byAnotherProcess) {
		EventId event = event(1);
		holdAll(event, ADA);

		assertThat(decide(byAnotherProcess ? this.other : this.repository, event, new Request.Booking(ADA)))
			.containsValue(BookingOutcome.CONFIRMED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada");
		assertThat(this.stored.read(event)).containsEntry("held", 0).containsEntry("tickets_sold", 1);
		assertThat(storedHolds(event)).isEmpty();
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void givesAHoldBackOnce(boolean byAnotherProcess) {
		EventId event = event(1);
		holdAll(event, ADA);
		var process = byAnotherProcess ? this.other : this.repository;

		assertThat(decide(process, event, new Request.HoldRelease(ADA))).containsValue(HoldReleaseOutcome.RELEASED);
		assertThat(decide(process, event, new Request.HoldRelease(ADA))).containsValue(HoldReleaseOutcome.NOT_HELD);

		assertThat(this.stored.read(event)).containsEntry("held", 0).containsEntry("revision", 2L);
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.BOOKED);
	}

	/** The other process remembers the first hold. */
	@Test
	void givesTheHoldBackThatTheUserHasNow() {
		EventId event = event(2);
		holdAll(event, ADA);
		Map<Request, Object> remembered = Map.copyOf(decide(this.other, event, new Request.Holding(ADA)));
		assertThat(remembered).containsValue(new HoldOutcome(Kind.ALREADY_HELD, made(ADA)));
		releaseHold(event, ADA);
		this.clock.advance(Duration.ofSeconds(5));
		holdAll(event, ADA, BOB);

		assertThat(decide(this.other, event, new Request.HoldRelease(ADA))).containsValue(HoldReleaseOutcome.RELEASED);

		assertThat(storedHolds(event)).containsOnlyKeys("bob");
	}

	/** Its write must have the end of the hold as a guard. */
	@Test
	void doesNotRemoveANewerHoldWithAnOldOne() {
		EventId event = event(1);
		holdAll(event, ADA);
		ObjectId id = new ObjectId(event.value());
		RoundWrite old = new RoundWrite(id, NOW, 0, List.of(), List.of(), List.of(), SaleTerms.DEFAULT, List.of(),
				List.of(made(ADA)), List.of(), List.of(), RoundWrite.Kept.NOTHING, 0, false, PackageAccess.NOBODY_WAITS,
				List.of(), SaleSettings.DEFAULT);
		releaseHold(event, ADA);
		this.clock.advance(Duration.ofMillis(1));
		holdAll(event, ADA);

		assertThat(old.send(this.storage.collections().events()).block()).isFalse();

		assertThat(storedHolds(event)).containsOnlyKeys("ada");
	}

	@Test
	void countsAHoldAsATakenSeat() {
		EventId event = event(2);
		this.storage.book(event, ADA);
		holdAll(event, BOB);

		assertThat(book(event, EVE)).isEqualTo(BookingOutcome.SOLD_OUT);
		assertThat(hold(event, EVE)).isEqualTo(HoldOutcome.refused(Kind.SOLD_OUT));
		assertThat(decide(event, new Request.Booking(EVE), new Request.Holding(new UserId("joe"))))
			.containsValues(BookingOutcome.SOLD_OUT, HoldOutcome.refused(Kind.SOLD_OUT));
		assertThat(this.repository.find(event).block().soldOut()).isTrue();
	}

	@Test
	void givesNoHoldToARegisteredUser() {
		EventId event = event(2);
		this.storage.book(event, ADA);

		assertThat(hold(event, ADA)).isEqualTo(HoldOutcome.refused(Kind.ALREADY_REGISTERED));
		assertThat(decide(event, new Request.Holding(ADA), new Request.Holding(BOB)))
			.containsEntry(new Request.Holding(ADA), HoldOutcome.refused(Kind.ALREADY_REGISTERED))
			.containsEntry(new Request.Holding(BOB), new HoldOutcome(Kind.HELD, made(BOB)));
	}

	@Test
	void doesNotReleaseAHoldByACancellation() {
		EventId event = event(1);
		holdAll(event, ADA);

		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.NOT_REGISTERED);
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.CONFIRMED);
		assertThat(releaseHold(event, ADA)).isEqualTo(HoldReleaseOutcome.NOT_HELD);
		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.RELEASED);
		holdAll(event, ADA);
	}

	@Test
	void limitsTheHoldsOfAnEvent() {
		EventId event = event(2 * MAX_HOLDS);
		holdAll(event, users("user", MAX_HOLDS - 1));

		assertThat(decide(event, new Request.Holding(ADA), new Request.Holding(BOB)))
			.containsEntry(new Request.Holding(ADA), new HoldOutcome(Kind.HELD, made(ADA)))
			.containsEntry(new Request.Holding(BOB), HoldOutcome.refused(Kind.TOO_MANY_HOLDS));

		assertThat(hold(event, EVE)).isEqualTo(HoldOutcome.refused(Kind.TOO_MANY_HOLDS));
		assertThat(hold(event, ADA)).isEqualTo(new HoldOutcome(Kind.ALREADY_HELD, made(ADA)));
		assertThat(book(event, EVE)).isEqualTo(BookingOutcome.BOOKED);
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.CONFIRMED);
		holdAll(event, BOB);
	}

	@Test
	void encodesUserIdsInTheFieldsOfHolds() {
		UserId[] users = List
			.of("a.b", "$set", "%24set", "$", "%", "%2E", "100%", "0", "42", "__proto__", "_id", "until", "...",
					"x".repeat(255), ".".repeat(255))
			.stream()
			.map(UserId::new)
			.toArray(UserId[]::new);
		EventId event = event(users.length);

		for (UserId user : users) {
			holdAll(event, user);
			assertThat(hold(event, user)).isEqualTo(new HoldOutcome(Kind.ALREADY_HELD, made(user)));
		}

		assertThat(storedHolds(event)).hasSameSizeAs(users)
			.containsKeys("a%2Eb", "%24set", "%2524set", "0", "__proto__", "%252E");
		assertThat(this.repository.holds(event, Set.of(users)).block().keySet()).containsExactlyInAnyOrder(users);
		for (UserId user : users) {
			assertThat(decide(this.other, event, new Request.HoldRelease(user)))
				.containsValue(HoldReleaseOutcome.RELEASED);
			holdAll(event, user);
		}
		assertThat(bookParty(event, users).kind()).isEqualTo(PartyOutcome.Kind.BOOKED);
		assertThat(this.stored.registrationIds(event)).hasSameSizeAs(users);
		assertThat(storedHolds(event)).isEmpty();
	}

	@Test
	void findsHoldsOfUsers() {
		EventId event = event(3);
		holdAll(event, ADA, BOB);
		this.storage.book(event, EVE);

		assertThat(this.other.holds(event, Set.of(ADA, EVE, new UserId("joe"))).block())
			.containsOnly(Map.entry(ADA, made(ADA)));
	}

	@Test
	void listsHoldsInPages() {
		EventId event = event(9);
		List<Hold> holds = new ArrayList<>();
		for (UserId user : List.of(new UserId("z"), new UserId("b"), new UserId("a"), new UserId("y"))) {
			holdAll(event, user);
			holds.add(made(user));
			this.clock.advance(Duration.ofMillis(user.value().equals("b") ? 0 : 1));
		}
		holds.add(1, holds.remove(2));
		offer(event, "b");
		holds.set(2, new Hold(new UserId("b"), holds.get(2).until(), true));

		assertThat(listHolds(event, null, 1)).containsExactlyElementsOf(holds);
		assertThat(listHolds(event, null, 3)).containsExactlyElementsOf(holds);
		assertThat(listHolds(event, true, 1)).containsExactly(holds.get(2));
		assertThat(listHolds(event, false, 2)).containsExactly(holds.get(0), holds.get(1), holds.get(3));
		this.clock.set(holds.get(2).until());
		assertThat(listHolds(event, null, 9)).containsExactly(holds.get(3));
	}

	private void offer(EventId event, String user) {
		Mono.from(this.storage.database()
			.getCollection("events")
			.updateOne(new Document("_id", new ObjectId(event.value())),
					new Document("$set", new Document("holds." + user + ".offer", true))))
			.block();
	}

	private List<Hold> listHolds(EventId event, Boolean offers, int limit) {
		List<Hold> listed = new ArrayList<>();
		HoldQuery.Cursor cursor = null;
		do {
			Page<Hold, HoldQuery.Cursor> page = this.repository.holds(event, new HoldQuery(offers, cursor, limit))
				.block();
			listed.addAll(page.items());
			cursor = page.next();
			assertThat(cursor == null || page.items().size() == limit).as("only the last page is short").isTrue();
		}
		while (cursor != null);
		return listed;
	}

	@Test
	void listsNoHoldsOfAnEventWithoutAny() {
		assertThat(listHolds(event(1), null, 5)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope" })
	void reportsAnUnknownEventToEachKindOfRequest(String id) {
		EventId event = new EventId(id);
		Request.PartyBooking party = new Request.PartyBooking(List.of(EVE));
		Request.PartyHolding partyHold = new Request.PartyHolding(List.of(new UserId("joe")));

		assertThat(decide(event, new Request.Holding(ADA), new Request.HoldRelease(BOB), party, partyHold))
			.isEqualTo(Map.of(new Request.Holding(ADA), HoldOutcome.refused(Kind.EVENT_NOT_FOUND),
					new Request.HoldRelease(BOB), HoldReleaseOutcome.EVENT_NOT_FOUND, party,
					PartyOutcome.refused(PartyOutcome.Kind.EVENT_NOT_FOUND), partyHold,
					PartyHoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND)));
		assertThat(this.repository.holds(event, Set.of(ADA)).blockOptional()).isEmpty();
		assertThat(this.repository.holds(event, new HoldQuery(null, null, 5)).blockOptional()).isEmpty();
	}

	@Test
	void countsHoldsForTheCapacity() {
		EventId event = event(3);
		this.storage.book(event, ADA);
		holdAll(event, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(1)).block())
			.isEqualTo(ChangeOutcome.CAPACITY_BELOW_SOLD);
		assertThat(this.repository.change(event, EventChange.ofCapacity(2)).block()).isEqualTo(ChangeOutcome.CHANGED);
	}

	@Test
	void countsHoldsForTheDeletion() {
		EventId event = event(3);
		holdAll(event, ADA);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);
		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block())
			.isEqualTo(DeletionOutcome.DELETED);
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(releaseHold(event, ADA)).isEqualTo(HoldReleaseOutcome.EVENT_NOT_FOUND);
	}

	@Test
	void leavesNoHoldsInATombstone() {
		EventId event = event(9);
		this.storage.book(event, users("user", 5));
		holdAll(event, ADA);
		Mono.from(this.storage.database()
			.getCollection("events")
			.updateOne(new Document("_id", new ObjectId(event.value())),
					new Document("$set", new Document("segment", 1))))
			.block();

		this.repository.delete(event, true, RevisionCondition.NONE).block();

		Document tombstone = this.stored.read(event);
		assertThat(tombstone == null || !tombstone.containsKey("next_expiry")).isTrue();
		this.clock.advance(HOLD);
		assertThat(this.repository.removeExpiredHolds().collectList().block())
			.noneMatch((expiry) -> expiry.event().equals(event));
		assertThat(this.repository.holds(event, Set.of(ADA)).blockOptional()).isEmpty();
		assertThat(this.repository.holds(event, new HoldQuery(null, null, 5)).blockOptional()).isEmpty();
	}

	/** Another program wrote them. */
	@Test
	void leavesOutHoldsThatCannotBeRead() {
		EventId event = event(3);
		holdAll(event, ADA);
		Mono.from(this.storage.database()
			.getCollection("events")
			.updateOne(new Document("_id", new ObjectId(event.value())),
					new Document("$set",
							new Document("holds.bob", "x").append("holds.eve", new Document("until", "tomorrow")))
						.append("$inc", new Document("held", 2))))
			.block();

		assertThat(this.repository.holds(event, Set.of(ADA, BOB, EVE)).block()).containsOnlyKeys(ADA);
		assertThat(listHolds(event, null, 1)).containsExactly(made(ADA));
		this.clock.advance(HOLD);
		assertThat(hold(event, ADA).kind()).isEqualTo(Kind.HELD);
		this.clock.advance(HOLD);
		assertThat(this.repository.removeExpiredHolds().collectList().block())
			.anyMatch((expiry) -> expiry.event().equals(event) && expiry.holds() == 1);
		this.repository.delete(event, true, RevisionCondition.NONE).block();
	}

	@Test
	void decidesAllKindsOfRequestsInOneRound() {
		EventId event = event(8);
		UserId[] users = users("user", 9);
		this.storage.book(event, users[0], users[1]);
		holdAll(event, users[2], users[3]);
		Request[] requests = { new Request.PartyHolding(List.of(users[6], users[7])),
				new Request.Cancellation(users[0]), new Request.HoldRelease(users[2]), new Request.Booking(users[3]),
				new Request.Booking(users[4]), new Request.Holding(users[5]),
				new Request.PartyBooking(List.of(users[1], users[8])) };

		Map<Request, Object> outcomes = Map.copyOf(decide(event, requests));

		assertThat(outcomes).containsOnlyKeys(requests)
			.containsEntry(requests[0],
					new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(made(users[6]), made(users[7])), List.of(), 0))
			.containsEntry(requests[1], ReleaseOutcome.RELEASED)
			.containsEntry(requests[2], HoldReleaseOutcome.RELEASED)
			.containsEntry(requests[3], BookingOutcome.CONFIRMED)
			.containsEntry(requests[4], BookingOutcome.BOOKED)
			.containsEntry(requests[5], new HoldOutcome(Kind.HELD, made(users[5])))
			.containsEntry(requests[6],
					new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(users[8]), List.of(users[1]), 0));
		assertThat(this.repository.ledger(event).block().registrations())
			.containsExactlyInAnyOrderElementsOf(Arrays.asList(users[1], users[3], users[4], users[8]));
		assertThat(storedHolds(event)).containsOnlyKeys("user5", "user6", "user7");
	}

}
