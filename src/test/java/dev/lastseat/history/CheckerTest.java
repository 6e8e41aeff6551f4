package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Judgement.Linearizable;
import dev.lastseat.history.Judgement.Undecided;
import dev.lastseat.history.Judgement.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The rules one by one: for each a history that breaks it and no other, and one that
 * almost does. The numbers are the moments of the call and of its answer.
 */
class CheckerTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private static Operation book(UserId user, long invoked, long responded, Answer answer) {
		return Operation.book(user, invoked, responded, answer);
	}

	private static Operation lost(UserId user, long invoked) {
		return Operation.book(user, invoked, Operation.NEVER, Answer.UNKNOWN);
	}

	private static Ledger stored(int capacity, UserId... users) {
		return new Ledger(capacity, users.length, List.of(users));
	}

	private static History history(int capacity, Ledger ledger, Operation... operations) {
		return new History(Histories.EVENT, capacity, List.of(operations), ledger);
	}

	private static Judgement judge(History history) {
		return Judgement.of(history);
	}

	private static History oneSeat(Ledger ledger, Operation... others) {
		List<Operation> operations = new ArrayList<>(List.of(book(ADA, 0, 10, Answer.BOOKED)));
		operations.addAll(List.of(others));
		return new History(Histories.EVENT, 1, operations, ledger);
	}

	static Stream<Arguments> illegalBookings() {
		Ledger ada = stored(1, ADA);
		return Stream.of(
				arguments("somebody was told that there is no such event",
						oneSeat(ada, book(BOB, 0, 10, Answer.EVENT_NOT_FOUND))),
				arguments("ada was booked twice", oneSeat(ada, book(ADA, 0, 10, Answer.BOOKED))),
				arguments("tickets_sold is not the number of registration_ids",
						oneSeat(new Ledger(1, 0, List.of(ADA)))),
				arguments("somebody is stored twice",
						history(2, new Ledger(2, 2, List.of(ADA, ADA)), book(ADA, 0, 10, Answer.BOOKED))),
				arguments("more seats are taken than there are",
						oneSeat(stored(1, ADA, BOB), book(BOB, 0, 10, Answer.BOOKED))),
				arguments("the capacity is another one, although nobody changed it", oneSeat(stored(2, ADA))),
				arguments("ada was told BOOKED, but is not stored", oneSeat(stored(1))),
				arguments("ada is stored, but no booking of theirs can have taken effect", history(1, ada)),
				arguments("ada is stored, but no booking of theirs can have taken effect",
						history(1, ada, book(ADA, 0, 10, Answer.NOTHING_CHANGED))),
				arguments("ada is stored behind somebody whose booking began after theirs was answered",
						history(2, stored(2, BOB, ADA), book(ADA, 0, 10, Answer.BOOKED),
								book(BOB, 11, 20, Answer.BOOKED))),
				arguments("eve is stored behind somebody whose booking began after theirs was answered",
						history(3, stored(3, BOB, ADA, EVE), lost(BOB, 11), lost(ADA, 0),
								book(EVE, 0, 10, Answer.BOOKED))),
				arguments("bob was told ALREADY_REGISTERED, but is not stored",
						oneSeat(ada, book(BOB, 0, 10, Answer.ALREADY_REGISTERED))),
				arguments("ada was told ALREADY_REGISTERED before they can have been booked",
						history(1, ada, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), book(ADA, 11, 20, Answer.BOOKED))),
				arguments("ada was told ALREADY_REGISTERED before they can have been booked",
						history(1, ada, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), book(ADA, 11, 20, Answer.BOOKED),
								lost(ADA, 0))),
				arguments("bob was told ALREADY_REGISTERED before they can have been booked",
						history(2, stored(2, ADA, BOB), lost(BOB, 0), book(BOB, 1, 2, Answer.ALREADY_REGISTERED),
								book(ADA, 3, 4, Answer.BOOKED))),
				arguments("somebody was told SOLD_OUT, but a seat is free to the end",
						history(2, stored(2, ADA), book(ADA, 0, 10, Answer.BOOKED), book(BOB, 0, 10, Answer.SOLD_OUT))),
				arguments("somebody was told SOLD_OUT before the last seat can have been booked",
						history(1, ada, book(BOB, 0, 10, Answer.SOLD_OUT), book(ADA, 11, 20, Answer.BOOKED))),
				arguments("ada is stored, but was told SOLD_OUT", oneSeat(ada, book(ADA, 0, 10, Answer.SOLD_OUT))));
	}

	static Stream<Arguments> legalBookings() {
		Ledger ada = stored(1, ADA);
		return Stream.of(arguments("nobody asked", history(1, stored(1))),
				arguments("two at once, in either order",
						history(2, stored(2, BOB, ADA), book(ADA, 0, 10, Answer.BOOKED),
								book(BOB, 10, 20, Answer.BOOKED))),
				arguments("already registered by a booking that was not answered yet",
						oneSeat(ada, book(ADA, 0, 1, Answer.ALREADY_REGISTERED))),
				arguments("already registered by an unknown one",
						history(1, ada, lost(ADA, 0), book(ADA, 1, 2, Answer.ALREADY_REGISTERED))),
				arguments("sold out while the last seat was booked", oneSeat(ada, book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("sold out by an unknown one",
						history(1, ada, lost(ADA, 0), book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("an unknown one that never happened", oneSeat(ada, lost(BOB, 0))),
				arguments("an unknown one that happened last of all",
						history(2, stored(2, BOB, ADA), lost(ADA, 0), book(BOB, 100, 200, Answer.BOOKED))),
				arguments("unknown ones of a user, of which one happened",
						history(1, ada, lost(ADA, 0), lost(ADA, 5), book(BOB, 0, 1, Answer.SOLD_OUT))),
				arguments("unknown one and a booking that is known", oneSeat(ada, lost(ADA, 0))),
				arguments("one that is known to have failed", oneSeat(ada, book(BOB, 0, 10, Answer.NOTHING_CHANGED))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalBookings")
	void refusesBookingsThatBreakOneRule(String reason, History history) {
		assertThat(judge(history)).isInstanceOfSatisfying(Violation.class,
				(violation) -> assertThat(StoredBookings.objection(history, history.ledger())).isEqualTo(reason));
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isFalse();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("legalBookings")
	void acceptsBookingsThatAlmostDo(String how, History history) {
		assertThat(judge(history)).isEqualTo(new Linearizable());
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isTrue();
	}

	static Stream<Arguments> illegalAnswers() {
		return Stream.of(
				arguments("ada was told ALREADY_REGISTERED before they can have been booked",
						history(1, null, book(ADA, 0, 10, Answer.ALREADY_REGISTERED), lost(ADA, 11))),
				arguments("bob was told SOLD_OUT, but held a seat",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), book(BOB, 0, 10, Answer.BOOKED),
								book(BOB, 11, 20, Answer.SOLD_OUT))),
				arguments("bob was booked after somebody was told SOLD_OUT",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), lost(ADA, 0),
								book(EVE, 0, 10, Answer.SOLD_OUT), book(BOB, 11, 20, Answer.BOOKED))),
				arguments("more users hold a seat than there are seats",
						oneSeat(null, book(BOB, 0, 10, Answer.BOOKED))),
				arguments("somebody was told SOLD_OUT before the last seat can have been booked",
						history(2, null, book(ADA, 0, 10, Answer.BOOKED), book(EVE, 0, 10, Answer.SOLD_OUT),
								lost(BOB, 11))),
				arguments("somebody was told SOLD_OUT before the last seat can have been booked",
						history(1, null, lost(ADA, 0), book(ADA, 0, 10, Answer.SOLD_OUT))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalAnswers")
	void refusesAnswersThatNothingStoredCouldExplain(String reason, History history) {
		assertThat(AnsweredBookings.objection(history)).isEqualTo(reason);
		assertThat(new Search(history, Search.BUDGET).finds()).as("the search finds an explanation").isFalse();
	}

	@Test
	void findsTheFirstAnswerThatNothingExplains() {
		Operation early = book(EVE, 1, 4, Answer.SOLD_OUT);
		Operation winner = book(ADA, 6, 10, Answer.BOOKED);
		Operation later = book(BOB, 11, 20, Answer.SOLD_OUT);
		Operation pending = book(EVE, 2, 30, Answer.SOLD_OUT);

		Judgement judgement = judge(history(1, stored(1, ADA), later, winner, early, pending));

		assertThat(judgement).isEqualTo(new Violation(List.of(early, lost(EVE, 2)), early,
				"somebody was told SOLD_OUT before the last seat can have been booked"));
	}

	@Test
	void letsWhatIsNotAnsweredYetExplainAnAnswer() {
		Operation early = book(EVE, 1, 5, Answer.SOLD_OUT);
		Operation winner = book(ADA, 6, 10, Answer.BOOKED);
		Operation pending = book(BOB, 5, 30, Answer.SOLD_OUT);

		Judgement judgement = judge(history(1, stored(1, ADA), winner, early, pending));

		assertThat(judgement).isEqualTo(new Violation(List.of(early, lost(BOB, 5), winner), winner,
				"ada was booked after somebody was told SOLD_OUT"));
	}

	@Test
	void blamesWhatIsStoredWhenTheAnswersCouldBeExplained() {
		Judgement judgement = judge(oneSeat(stored(1), lost(BOB, 3)));

		assertThat(judgement).isEqualTo(new Violation(List.of(book(ADA, 0, 10, Answer.BOOKED), lost(BOB, 3)), null,
				"ada was told BOOKED, but is not stored"));
	}

	@Test
	void judgesWithoutWhatIsStored() {
		assertThat(judge(oneSeat(null, book(BOB, 0, 1, Answer.SOLD_OUT)))).isEqualTo(new Linearizable());
		assertThat(judge(oneSeat(null, book(BOB, 0, 1, Answer.BOOKED)))).isInstanceOf(Violation.class);
	}

	@Test
	void saysThatItCannotTellWithinTheBudget() {
		Operation[] overlapping = IntStream.range(0, 20)
			.mapToObj((number) -> Operation.resize(1 + number, 0, 10 + number, Answer.CHANGED))
			.toArray(Operation[]::new);
		History history = history(5, null, overlapping);

		assertThat(new Checker(1_000).judge(history)).isInstanceOfSatisfying(Undecided.class,
				(undecided) -> assertThat(undecided.reason()).startsWith("too many operations overlap"));
	}

}
