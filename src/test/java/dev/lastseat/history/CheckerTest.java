package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.CheckResult.Linearizable;
import dev.lastseat.history.CheckResult.Undecided;
import dev.lastseat.history.CheckResult.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The rules, one by one: a history that breaks only this rule, and one that almost breaks
 * it. The numbers are the moments of the invocation and of the response.
 */
class CheckerTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private static Operation book(UserId user, long invoked, long responded, Answer answer) {
		return Operation.book(user, invoked, responded, answer);
	}

	private static Operation unknown(UserId user, long invoked) {
		return Operation.book(user, invoked, Operation.NEVER, Answer.UNKNOWN);
	}

	private static Ledger stored(int capacity, UserId... users) {
		return new Ledger(capacity, users.length, 0, List.of(users), List.of(), List.of());
	}

	private static History history(int capacity, Ledger ledger, Operation... operations) {
		return new History(Histories.EVENT, capacity, List.of(operations), ledger);
	}

	private static CheckResult check(History history) {
		return CheckResult.of(history);
	}

	private static History oneSeat(Ledger ledger, Operation... others) {
		List<Operation> operations = new ArrayList<>(List.of(book(ADA, 0, 10, Answer.BOOKED)));
		operations.addAll(List.of(others));
		return new History(Histories.EVENT, 1, operations, ledger);
	}

	static Stream<Arguments> illegalBookings() {
		Ledger ada = stored(1, ADA);
		return Stream.of(
				arguments("an answer says that the event does not exist",
						oneSeat(ada, book(BOB, 0, 10, Answer.EVENT_NOT_FOUND))),
				arguments("ada was booked twice", oneSeat(ada, book(ADA, 0, 10, Answer.BOOKED))),
				arguments("tickets_sold is not the number of registration_ids",
						oneSeat(new Ledger(1, 0, 0, List.of(ADA), List.of(), List.of()))),
				arguments("a user is stored twice",
						history(2, new Ledger(2, 2, 0, List.of(ADA, ADA), List.of(), List.of()),
								book(ADA, 0, 10, Answer.BOOKED))),
				arguments("more seats are taken than the capacity allows",
						oneSeat(stored(1, ADA, BOB), book(BOB, 0, 10, Answer.BOOKED))),
				arguments("the stored capacity differs, although no operation changed it", oneSeat(stored(2, ADA))),
				arguments("ada was told BOOKED, but is not stored", oneSeat(stored(1))),
				arguments("ada is stored, but has no booking that can have taken effect", history(1, ada)),
				arguments("ada is stored, but has no booking that can have taken effect",
						history(1, ada, book(ADA, 0, 10, Answer.NOTHING_CHANGED))),
				arguments("ada is stored after a user whose booking was invoked after ada was told BOOKED",
						history(2, stored(2, BOB, ADA), book(ADA, 0, 10, Answer.BOOKED),
								book(BOB, 11, 20, Answer.BOOKED))),
				arguments("eve is stored after a user whose booking was invoked after eve was told BOOKED",
						history(3, stored(3, BOB, ADA, EVE), unknown(BOB, 11), unknown(ADA, 0),
								book(EVE, 0, 10, Answer.BOOKED))),
				arguments("bob was told ALREADY_REGISTERED, but is not stored",
						oneSeat(ada, book(BOB, 0, 10, Answer.ALREADY_REGISTERED))),
				arguments("ada was told ALREADY_REGISTERED before their booking can have taken effect",
						history(1, ada, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), book(ADA, 11, 20, Answer.BOOKED))),
				arguments("ada was told ALREADY_REGISTERED before their booking can have taken effect",
						history(1, ada, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), book(ADA, 11, 20, Answer.BOOKED),
								unknown(ADA, 0))),
				arguments("bob was told ALREADY_REGISTERED before their booking can have taken effect",
						history(2, stored(2, ADA, BOB), unknown(BOB, 0), book(BOB, 1, 2, Answer.ALREADY_REGISTERED),
								book(ADA, 3, 4, Answer.BOOKED))),
				arguments("a user was told SOLD_OUT, but a seat is free in the end",
						history(2, stored(2, ADA), book(ADA, 0, 10, Answer.BOOKED), book(BOB, 0, 10, Answer.SOLD_OUT))),
				arguments("a user was told SOLD_OUT before the last seat can have been booked",
						history(1, ada, book(BOB, 0, 10, Answer.SOLD_OUT), book(ADA, 11, 20, Answer.BOOKED))),
				arguments("ada is stored, but was told SOLD_OUT", oneSeat(ada, book(ADA, 0, 10, Answer.SOLD_OUT))));
	}

	static Stream<Arguments> legalBookings() {
		Ledger ada = stored(1, ADA);
		return Stream.of(arguments("no operation", history(1, stored(1))),
				arguments("two overlapping bookings, in either order",
						history(2, stored(2, BOB, ADA), book(ADA, 0, 10, Answer.BOOKED),
								book(BOB, 10, 20, Answer.BOOKED))),
				arguments("already registered by a booking without a response yet",
						oneSeat(ada, book(ADA, 0, 1, Answer.ALREADY_REGISTERED))),
				arguments("already registered by a pending booking",
						history(1, ada, unknown(ADA, 0), book(ADA, 1, 2, Answer.ALREADY_REGISTERED))),
				arguments("sold out while the last seat was booked", oneSeat(ada, book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("sold out by a pending booking",
						history(1, ada, unknown(ADA, 0), book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("a pending booking that never takes effect", oneSeat(ada, unknown(BOB, 0))),
				arguments("a pending booking that takes effect last",
						history(2, stored(2, BOB, ADA), unknown(ADA, 0), book(BOB, 100, 200, Answer.BOOKED))),
				arguments("two pending bookings of a user, one takes effect",
						history(1, ada, unknown(ADA, 0), unknown(ADA, 5), book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("a pending booking and a completed one", oneSeat(ada, unknown(ADA, 0))),
				arguments("a booking that certainly failed", oneSeat(ada, book(BOB, 0, 10, Answer.NOTHING_CHANGED))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalBookings")
	void refusesBookingsThatBreakOneRule(String reason, History history) {
		assertThat(check(history)).isInstanceOfSatisfying(Violation.class,
				(violation) -> assertThat(StoredBookings.objection(history, history.ledger())).isEqualTo(reason));
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isFalse();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("legalBookings")
	void acceptsBookingsThatAlmostBreakARule(String how, History history) {
		assertThat(check(history)).isEqualTo(new Linearizable());
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isTrue();
	}

	static Stream<Arguments> illegalAnswers() {
		return Stream.of(
				arguments("ada was told ALREADY_REGISTERED before their booking can have taken effect",
						history(1, null, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), unknown(ADA, 11))),
				arguments("bob was told SOLD_OUT, but had a seat",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), book(BOB, 0, 10, Answer.BOOKED),
								book(BOB, 11, 20, Answer.SOLD_OUT))),
				arguments("bob was booked after another user was told SOLD_OUT",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), unknown(ADA, 0),
								book(EVE, 0, 10, Answer.SOLD_OUT), book(BOB, 11, 20, Answer.BOOKED))),
				arguments("more users hold a seat than there are seats",
						oneSeat(null, book(BOB, 0, 10, Answer.BOOKED))),
				arguments("a user was told SOLD_OUT before the last seat can have been booked",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), book(EVE, 0, 10, Answer.SOLD_OUT),
								unknown(BOB, 11))),
				arguments("a user was told SOLD_OUT before the last seat can have been booked",
						history(1, null, unknown(ADA, 0), book(ADA, 0, 10, Answer.SOLD_OUT))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalAnswers")
	void refusesAnswersThatNoStoredStateExplains(String reason, History history) {
		assertThat(AnsweredBookings.objection(history)).isEqualTo(reason);
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isFalse();
	}

	@Test
	void findsTheFirstResponseWithoutAnExplanation() {
		Operation early = book(EVE, 1, 4, Answer.SOLD_OUT);
		Operation winner = book(ADA, 6, 10, Answer.BOOKED);
		Operation later = book(BOB, 11, 20, Answer.SOLD_OUT);
		Operation pending = book(EVE, 2, 30, Answer.SOLD_OUT);

		CheckResult checkResult = check(history(1, stored(1, ADA), later, winner, early, pending));

		assertThat(checkResult).isEqualTo(new Violation(List.of(early, unknown(EVE, 2)), early,
				"a user was told SOLD_OUT before the last seat can have been booked"));
	}

	@Test
	void letsPendingOperationsExplainAnAnswer() {
		Operation early = book(EVE, 1, 5, Answer.SOLD_OUT);
		Operation winner = book(ADA, 6, 10, Answer.BOOKED);
		Operation pending = book(BOB, 5, 30, Answer.SOLD_OUT);

		CheckResult checkResult = check(history(1, stored(1, ADA), winner, early, pending));

		assertThat(checkResult).isEqualTo(new Violation(List.of(early, unknown(BOB, 5), winner), winner,
				"ada was booked after another user was told SOLD_OUT"));
	}

	@Test
	void reportsTheStoredStateWhenTheAnswersHaveAnExplanation() {
		CheckResult checkResult = check(oneSeat(stored(1), unknown(BOB, 3)));

		assertThat(checkResult).isEqualTo(new Violation(List.of(book(ADA, 0, 10, Answer.BOOKED), unknown(BOB, 3)), null,
				"ada was told BOOKED, but is not stored"));
	}

	@Test
	void checksWithoutTheStoredState() {
		assertThat(check(oneSeat(null, book(BOB, 0, 1, Answer.SOLD_OUT)))).isEqualTo(new Linearizable());
		assertThat(check(oneSeat(null, book(BOB, 0, 1, Answer.BOOKED)))).isInstanceOf(Violation.class);
	}

	@Test
	void isUndecidedWhenTheBudgetIsReached() {
		Operation[] overlapping = IntStream.range(0, 20)
			.mapToObj((number) -> Operation.resize(1 + number, 0, 10 + number, Answer.CHANGED))
			.toArray(Operation[]::new);
		History history = history(5, null, overlapping);

		assertThat(new Checker(1_000).check(history)).isInstanceOfSatisfying(Undecided.class,
				(undecided) -> assertThat(undecided.reason()).contains("too many operations overlap"));
	}

}
