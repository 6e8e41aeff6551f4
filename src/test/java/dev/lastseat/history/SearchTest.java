package dev.lastseat.history;

import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.lastseat.history.Answer.ALREADY_REGISTERED;
import static dev.lastseat.history.Answer.BOOKED;
import static dev.lastseat.history.Answer.CAPACITY_BELOW_SOLD;
import static dev.lastseat.history.Answer.CHANGED;
import static dev.lastseat.history.Answer.EVENT_NOT_FOUND;
import static dev.lastseat.history.Answer.NOT_REGISTERED;
import static dev.lastseat.history.Answer.RELEASED;
import static dev.lastseat.history.Answer.SOLD_OUT;
import static dev.lastseat.history.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Histories with cancellations and changes of the capacity. For each rule there is one
 * that breaks only this rule, and one that almost breaks it. The first operation books
 * Ada.
 */
class SearchTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final long NEVER = Operation.NEVER;

	private static Operation book(UserId user, long invoked, long responded, Answer answer) {
		return Operation.book(user, invoked, responded, answer);
	}

	private static Operation cancel(UserId user, long invoked, long responded, Answer answer) {
		return Operation.cancel(user, invoked, responded, answer);
	}

	private static Operation resize(int capacity, long invoked, long responded, Answer answer) {
		return Operation.resize(capacity, invoked, responded, answer);
	}

	private static Arguments rule(String name, int capacity, List<UserId> stored, Operation... operations) {
		return rule(name, capacity, capacity, stored, operations);
	}

	private static Arguments rule(String name, int capacity, int storedCapacity, List<UserId> stored,
			Operation... operations) {
		List<Operation> all = Stream.concat(Stream.of(book(ADA, 0, 1, BOOKED)), Stream.of(operations)).toList();
		return arguments(name, new History(Histories.EVENT, capacity, all,
				new Ledger(storedCapacity, stored.size(), 0, stored, List.of(), List.of())));
	}

	static Stream<Arguments> illegal() {
		return Stream.of(
				rule("a seat cannot be booked before it is cancelled", 1, List.of(BOB), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("a booking is not refused after a cancellation", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("a user is not registered after a cancellation", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						book(ADA, 4, 5, ALREADY_REGISTERED)),
				rule("a registered user cannot be booked", 2, List.of(ADA), book(ADA, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("a user without a seat cannot cancel one", 1, List.of(ADA), cancel(BOB, 2, 3, RELEASED)),
				rule("a seat is cancelled once", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("a registered user is not told the opposite", 1, List.of(ADA), cancel(ADA, 2, 3, NOT_REGISTERED)),
				rule("a cancelled seat is not stored", 1, List.of(ADA), cancel(ADA, 2, 3, RELEASED)),
				rule("a user who books again is last in the list", 2, List.of(ADA, BOB), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED), book(ADA, 6, 7, BOOKED)),
				rule("a user who cancels and books again by pending operations is last", 2, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, NEVER, UNKNOWN), cancel(ADA, 6, 7, NOT_REGISTERED),
						book(ADA, 8, NEVER, UNKNOWN), book(ADA, 10, 11, ALREADY_REGISTERED),
						cancel(ADA, 12, NEVER, UNKNOWN)),
				rule("the capacity does not drop below the seats taken", 2, 1, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), resize(1, 4, 5, CHANGED)),
				rule("a change is not refused while it fits", 2, List.of(ADA), resize(1, 2, 3, CAPACITY_BELOW_SOLD)),
				rule("a booking is not refused after the capacity grew", 1, 2, List.of(ADA), resize(2, 2, 3, CHANGED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("a booking does not succeed before the capacity grows", 1, 2, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), resize(2, 4, 5, CHANGED)),
				rule("the last change of the capacity is stored", 1, 1, List.of(ADA), resize(2, 2, 3, CHANGED)),
				rule("the stored capacity was requested", 1, 3, List.of(ADA), resize(2, 2, NEVER, UNKNOWN)),
				rule("a pending cancellation has no effect before its invocation", 1, List.of(BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, NEVER, UNKNOWN)),
				rule("a pending cancellation takes effect once", 2, List.of(), cancel(ADA, 2, NEVER, UNKNOWN),
						book(BOB, 2, NEVER, UNKNOWN), book(ADA, 4, 5, BOOKED)),
				rule("an existing event is found", 1, List.of(ADA), cancel(BOB, 2, 3, EVENT_NOT_FOUND)),
				rule("the counter is the size of the list", 1, List.of(ADA, ADA), cancel(ADA, 2, 3, RELEASED)));
	}

	static Stream<Arguments> legal() {
		return Stream.of(
				rule("a booking that overlaps with the cancellation", 1, List.of(BOB), book(BOB, 2, 4, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("refused during a cancellation", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("already registered during the own cancellation", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						book(ADA, 4, 5, ALREADY_REGISTERED)),
				rule("booked again after an overlapping cancellation", 2, List.of(ADA), book(ADA, 2, 4, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("a pending booking that is cancelled at once", 2, List.of(ADA), book(BOB, 2, NEVER, UNKNOWN),
						cancel(BOB, 2, 3, RELEASED)),
				rule("two overlapping cancellations of one seat", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						cancel(ADA, 4, 5, NOT_REGISTERED)),
				rule("not registered during another cancellation", 1, List.of(), cancel(ADA, 2, 5, RELEASED),
						cancel(ADA, 4, 6, NOT_REGISTERED)),
				rule("a pending cancellation that takes effect", 1, List.of(), cancel(ADA, 2, NEVER, UNKNOWN)),
				rule("a pending cancellation that never takes effect", 1, List.of(ADA), cancel(ADA, 2, NEVER, UNKNOWN)),
				rule("a user who books again is last in the list", 2, List.of(BOB, ADA), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED), book(ADA, 6, 7, BOOKED)),
				rule("a user with pending operations keeps the index", 2, List.of(ADA, BOB), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, NEVER, UNKNOWN), book(ADA, 6, NEVER, UNKNOWN)),
				rule("the capacity drops during a cancellation", 2, 1, List.of(BOB), book(BOB, 2, 3, BOOKED),
						resize(1, 4, 6, CHANGED), cancel(ADA, 5, 7, RELEASED)),
				rule("a change refused during a cancellation", 2, List.of(BOB), book(BOB, 2, 3, BOOKED),
						resize(1, 4, 6, CAPACITY_BELOW_SOLD), cancel(ADA, 5, 7, RELEASED)),
				rule("a pending change that takes effect", 1, 2, List.of(ADA, BOB), resize(2, 2, NEVER, UNKNOWN),
						book(BOB, 4, 5, BOOKED)),
				rule("a pending change that takes effect last", 1, 2, List.of(ADA), resize(2, 2, NEVER, UNKNOWN),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("two overlapping changes, in either order", 1, 2, List.of(ADA), resize(2, 2, 4, CHANGED),
						resize(3, 4, 6, CHANGED)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegal")
	void findsNoExplanationWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isFalse();
		assertThat(BruteForceSearch.explains(history)).as("by the definition").isFalse();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("legal")
	void findsTheExplanationWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isTrue();
		assertThat(BruteForceSearch.explains(history)).as("by the definition").isTrue();
	}

	private static Arguments answers(String rule, int capacity, Operation... operations) {
		List<Operation> all = Stream.concat(Stream.of(book(ADA, 0, 1, BOOKED)), Stream.of(operations)).toList();
		return arguments(rule, new History(Histories.EVENT, capacity, all, null));
	}

	static Stream<Arguments> illegalAnswers() {
		return Stream.of(answers("a registered user cannot be booked", 2, book(ADA, 2, 3, BOOKED)),
				answers("a user without a seat cannot cancel one", 1, cancel(BOB, 2, 3, RELEASED)),
				answers("a seat is cancelled once", 1, cancel(ADA, 2, 3, RELEASED), cancel(ADA, 4, 5, RELEASED)),
				answers("the capacity does not drop below the seats taken", 2, book(BOB, 2, 3, BOOKED),
						resize(1, 4, 5, CHANGED)),
				answers("a pending cancellation takes effect once", 1, cancel(ADA, 2, NEVER, UNKNOWN),
						book(BOB, 2, 3, BOOKED), book(ADA, 4, 5, BOOKED)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalAnswers")
	void findsNoExplanationOfTheAnswersWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isFalse();
		assertThat(BruteForceSearch.explains(history)).as("by the definition").isFalse();
	}

}
