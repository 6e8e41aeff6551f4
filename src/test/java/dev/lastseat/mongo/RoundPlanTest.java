package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Divides requests without a storage.
 */
class RoundPlanTest {

	private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private static final UserId JOE = new UserId("joe");

	private static final SaleTerms TERMS = new SaleTerms(null, null, 60);

	private int maxHolds = 9;

	private int limit = 9;

	private static Hold expiredHold(UserId user) {
		return new Hold(user, NOW, false);
	}

	private static Hold hold(UserId user) {
		return new Hold(user, NOW.plusMillis(1), false);
	}

	/** A snapshot for users who have all of these holds; the expired ones are found. */
	private static EventSnapshot snapshot(int capacity, List<UserId> registered, Hold... holds) {
		return snapshot(capacity, registered, WaitingList.EMPTY, holds);
	}

	private static EventSnapshot snapshot(int capacity, List<UserId> registered, WaitingList waiting, Hold... holds) {
		Map<String, Hold> byUser = Stream.of(holds)
			.collect(Collectors.toMap((hold) -> hold.user().value(), Function.identity()));
		return new EventSnapshot(capacity, registered.size(), holds.length, TERMS, 0, 0,
				registered.stream().map(UserId::value).collect(Collectors.toSet()), Set.of(), Set.of(), Map.of(),
				byUser, Arrays.stream(holds).filter((hold) -> hold.isExpired(NOW)).toList(), waiting);
	}

	private RoundPlan plan(EventSnapshot snapshot, Request... requests) {
		return RoundPlan.of(snapshot, List.of(requests), NOW, new SaleSettings(this.maxHolds, 5, true), this.limit);
	}

	private RoundWrite write(RoundPlan plan) {
		return plan.write(new ObjectId(), 0, false);
	}

	@Test
	void usesReleasedSeatsBeforeThoseOfExpiredHolds() {
		RoundPlan plan = plan(snapshot(2, List.of(ADA), expiredHold(BOB)), new Request.Booking(EVE),
				new Request.Cancellation(ADA));

		assertThat(plan.planned()).containsExactly(new Decision(new Request.Cancellation(ADA), ReleaseOutcome.RELEASED),
				new Decision(new Request.Booking(EVE), BookingOutcome.BOOKED));
		assertThat(write(plan).endedHolds()).isEmpty();
		assertThat(write(plan).sold()).isZero();
	}

	@Test
	void endsAsManyExpiredHoldsAsItNeeds() {
		RoundPlan plan = plan(snapshot(3, List.of(), expiredHold(ADA), expiredHold(BOB)), new Request.Booking(EVE),
				new Request.Booking(JOE));

		assertThat(plan.planned()).extracting(Decision::outcome).containsOnly(BookingOutcome.BOOKED).hasSize(2);
		assertThat(write(plan).endedHolds()).containsExactly(expiredHold(ADA));
		assertThat(write(plan).held()).isEqualTo(-1);
	}

	@Test
	void doesNotEndExpiredHoldsOfUsersOfTheRound() {
		RoundPlan plan = plan(snapshot(1, List.of(), expiredHold(ADA)), new Request.Booking(EVE),
				new Request.Booking(ADA));

		assertThat(plan.planned()).containsExactly(new Decision(new Request.Booking(ADA), BookingOutcome.CONFIRMED));
		assertThat(plan.others()).containsExactly(new Request.Booking(EVE));
		assertThat(plan.decided()).isEmpty();
	}

	@Test
	void refusesOnlyWhatTheSnapshotHasNoSeatsFor() {
		RoundPlan plan = plan(snapshot(1, List.of()), new Request.Booking(ADA), new Request.Booking(BOB),
				new Request.PartyBooking(List.of(EVE, JOE)));

		assertThat(plan.planned()).containsExactly(new Decision(new Request.Booking(ADA), BookingOutcome.BOOKED));
		assertThat(plan.others()).as("the seat was free when it was read").containsExactly(new Request.Booking(BOB));
		assertThat(plan.decided())
			.containsExactly(new Decision(new Request.PartyBooking(List.of(EVE, JOE)), PartyOutcome.soldOut(1)));
	}

	@Test
	void countsReleasedSeatsTogetherWithThoseOfExpiredHolds() {
		RoundPlan plan = plan(snapshot(2, List.of(ADA), expiredHold(BOB)), new Request.Cancellation(ADA),
				new Request.PartyBooking(List.of(EVE, JOE)));

		assertThat(plan.planned()).hasSize(2);
		assertThat(write(plan).endedHolds()).containsExactly(expiredHold(BOB));
	}

	@Test
	void endsExpiredHoldsForTheLimitOfHolds() {
		this.maxHolds = 2;
		EventSnapshot snapshot = snapshot(9, List.of(), expiredHold(ADA), hold(BOB));

		RoundPlan plan = plan(snapshot, new Request.Holding(EVE), new Request.Holding(JOE));

		assertThat(plan.planned()).containsExactly(new Decision(new Request.Holding(EVE),
				new HoldOutcome(HoldOutcome.Kind.HELD, new Hold(EVE, NOW.plusSeconds(60), false))));
		assertThat(write(plan).endedHolds()).containsExactly(expiredHold(ADA));
		assertThat(plan.others()).containsExactly(new Request.Holding(JOE));
		assertThat(plan(snapshot(9, List.of(), hold(ADA), hold(BOB)), new Request.Holding(EVE)).decided())
			.containsExactly(
					new Decision(new Request.Holding(EVE), HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS)));
	}

	@Test
	void usesHoldsThatAreGivenBackForNewOnes() {
		this.maxHolds = 1;

		RoundPlan plan = plan(snapshot(9, List.of(), hold(ADA)), new Request.Holding(EVE),
				new Request.HoldRelease(ADA));

		assertThat(plan.planned()).extracting(Decision::outcome).startsWith(HoldReleaseOutcome.RELEASED).hasSize(2);
		assertThat(write(plan).held()).isZero();
	}

	@Test
	void reliesOnWhatAPartyHadBefore() {
		RoundPlan plan = plan(snapshot(9, List.of(ADA), hold(BOB)), new Request.PartyBooking(List.of(ADA, EVE)),
				new Request.PartyHolding(List.of(BOB, JOE)));

		assertThat(plan.planned()).hasSize(2);
		assertThat(write(plan).kept().registrations()).containsExactly("ada");
		assertThat(write(plan).kept().holds()).containsExactly(hold(BOB));
	}

	@Test
	void leavesRequestsBeyondTheLimitForLater() {
		this.limit = 1;

		RoundPlan plan = plan(snapshot(9, List.of()), new Request.Booking(ADA), new Request.Booking(BOB),
				new Request.HoldRelease(EVE));

		assertThat(plan.planned()).hasSize(1);
		assertThat(plan.others()).containsExactly(new Request.Booking(BOB));
		assertThat(plan.decided())
			.containsExactly(new Decision(new Request.HoldRelease(EVE), HoldReleaseOutcome.NOT_HELD));
	}

	@Test
	void renewsAnExpiredHoldWithoutASeat() {
		RoundPlan plan = plan(snapshot(1, List.of(), expiredHold(ADA)), new Request.Holding(ADA));

		assertThat(plan.planned()).hasSize(1);
		assertThat(write(plan).renewals()).hasSize(1);
		assertThat(write(plan).held()).isZero();
		assertThat(write(plan).newHolds()).isEmpty();
	}

	/** A write cannot register and release while it makes an offer. */
	@Test
	void confirmsAHoldAfterTheWriteThatOffersAReleasedSeat() {
		EventSnapshot snapshot = snapshot(2, List.of(BOB), new WaitingList(1, List.of(JOE), Map.of()), hold(ADA));

		RoundPlan plan = plan(snapshot, new Request.Booking(ADA), new Request.Cancellation(BOB));

		assertThat(plan.planned())
			.containsExactly(new Decision(new Request.Cancellation(BOB), ReleaseOutcome.RELEASED));
		assertThat(write(plan).waiting().offers()).extracting(Hold::user).containsExactly(JOE);
		assertThat(plan.others()).containsExactly(new Request.Booking(ADA));
		assertThat(plan(snapshot, new Request.Booking(ADA)).planned())
			.containsExactly(new Decision(new Request.Booking(ADA), BookingOutcome.CONFIRMED));
	}

}
