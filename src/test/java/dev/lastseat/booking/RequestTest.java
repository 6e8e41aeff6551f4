package dev.lastseat.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which parties are valid, and what equal requests are.
 */
class RequestTest {

	static Stream<Function<List<UserId>, Request>> parties() {
		return Stream.of(Request.PartyBooking::new, Request.PartyHolding::new);
	}

	private static List<UserId> users(int count) {
		return IntStream.range(0, count).mapToObj((number) -> new UserId("user-" + number)).toList();
	}

	private static List<Violation> violations(Function<List<UserId>, Request> party, List<UserId> users) {
		return catchThrowableOfType(InvalidInputException.class, () -> party.apply(users)).violations();
	}

	@ParameterizedTest
	@MethodSource("parties")
	void acceptsOneToFiftyUsersInTheirOrder(Function<List<UserId>, Request> party) {
		List<UserId> users = new ArrayList<>(users(50));

		assertThat(party.apply(users(1)).users()).isEqualTo(users(1));
		Request largest = party.apply(users);
		users.clear();
		assertThat(largest.users()).isEqualTo(users(50));
	}

	@ParameterizedTest
	@MethodSource("parties")
	void refusesAnEmptyAndATooLongParty(Function<List<UserId>, Request> party) {
		Violation size = new Violation("userIds", "must have 1 to 50 user ids");

		assertThat(violations(party, List.of())).containsExactly(size);
		assertThat(violations(party, users(51))).containsExactly(size);
	}

	@ParameterizedTest
	@MethodSource("parties")
	void refusesAUserTwice(Function<List<UserId>, Request> party) {
		assertThat(violations(party, Requests.users("ada", "bob", "ada")))
			.containsExactly(new Violation("userIds", "must not have a user id twice"));
	}

	@Test
	void requestsAreEqualWhenTheirKindAndTheOrderOfTheirUsersAre() {
		Request party = new Request.PartyBooking(Requests.users("ada", "bob"));

		assertThat(party).isEqualTo(new Request.PartyBooking(Requests.users("ada", "bob")))
			.isNotEqualTo(new Request.PartyBooking(Requests.users("bob", "ada")))
			.isNotEqualTo(new Request.PartyHolding(Requests.users("ada", "bob")));
		assertThat(new Request.Booking(new UserId("ada"))).isNotEqualTo(new Request.Holding(new UserId("ada")))
			.isNotEqualTo(new Request.PartyBooking(Requests.users("ada")));
	}

	@Test
	void anOutcomeThatChangedTheEventIsRepeatedAsOneThatChangedNothing() {
		List<UserId> party = Requests.users("ada", "bob");
		Stream
			.of(new Request.Booking(party.get(0)), new Request.Cancellation(party.get(0)),
					new Request.Holding(party.get(0)), new Request.HoldRelease(party.get(0)),
					new Request.PartyBooking(party), new Request.PartyHolding(party))
			.forEach((request) -> {
				Outcome granted = Requests.granted(request);
				Outcome repeated = granted.ifRepeated(request);
				assertThat(granted.changedEvent()).isTrue();
				assertThat(repeated.changedEvent()).isFalse();
				assertThat(repeated.ifRepeated(request)).isEqualTo(repeated);
			});
	}

	@Test
	void theOutcomeOfARepeatedPartyHasAllUsersInTheOrderOfTheRequest() {
		List<UserId> users = Requests.users("ada", "bob", "eve");
		List<Hold> holds = users.stream().map((user) -> new Hold(user, Instant.EPOCH, false)).toList();
		PartyOutcome booked = new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(users.get(0), users.get(2)),
				List.of(users.get(1)), 0);
		PartyHoldOutcome held = new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(holds.get(0), holds.get(2)),
				List.of(holds.get(1)), 0);

		assertThat(booked.ifRepeated(new Request.PartyBooking(users)))
			.isEqualTo(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), users, 0));
		assertThat(held.ifRepeated(new Request.PartyHolding(users)))
			.isEqualTo(new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(), holds, 0));
	}

}
