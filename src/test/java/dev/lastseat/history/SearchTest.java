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
 * Histories with cancellations and changes of the capacity: for each rule one that breaks
 * it and no other, and next to it one that almost does. Ada is booked first of all.
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
		return arguments(name,
				new History(Histories.EVENT, capacity, all, new Ledger(storedCapacity, stored.size(), stored)));
	}

	static Stream<Arguments> illegal() {
		return Stream.of(
				rule("a cancelled seat is not given away before it is cancelled", 1, List.of(BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, 5, RELEASED)),
				rule("nobody is refused after a seat was given back", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("who gave a seat back is not registered already", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						book(ADA, 4, 5, ALREADY_REGISTERED)),
				rule("who is registered cannot be booked", 2, List.of(ADA), book(ADA, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("who is not registered cannot give a seat back", 1, List.of(ADA), cancel(BOB, 2, 3, RELEASED)),
				rule("a seat is given back once", 1, List.of(), cancel(ADA, 2, 3, RELEASED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("who is registered cannot be told that they are not", 1, List.of(ADA),
						cancel(ADA, 2, 3, NOT_REGISTERED)),
				rule("a seat that was given back is not stored", 1, List.of(ADA), cancel(ADA, 2, 3, RELEASED)),
				rule("who comes back stands at the end", 2, List.of(ADA, BOB), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED), book(ADA, 6, 7, BOOKED)),
				rule("who left and came back by unknown ones stands at the end", 2, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, NEVER, UNKNOWN), cancel(ADA, 6, 7, NOT_REGISTERED),
						book(ADA, 8, NEVER, UNKNOWN), book(ADA, 10, 11, ALREADY_REGISTERED),
						cancel(ADA, 12, NEVER, UNKNOWN)),
				rule("the capacity does not drop below the seats taken", 2, 1, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), resize(1, 4, 5, CHANGED)),
				rule("a change is not refused while it fits", 2, List.of(ADA), resize(1, 2, 3, CAPACITY_BELOW_SOLD)),
				rule("nobody is refused after the capacity grew", 1, 2, List.of(ADA), resize(2, 2, 3, CHANGED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("nobody is booked before the capacity grew", 1, 2, List.of(ADA, BOB), book(BOB, 2, 3, BOOKED),
						resize(2, 4, 5, CHANGED)),
				rule("the last change of the capacity is stored", 1, 1, List.of(ADA), resize(2, 2, 3, CHANGED)),
				rule("the capacity that is stored was asked for", 1, 3, List.of(ADA), resize(2, 2, NEVER, UNKNOWN)),
				rule("an unknown cancellation cannot happen before it is asked for", 1, List.of(BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, NEVER, UNKNOWN)),
				rule("an unknown cancellation happens once", 2, List.of(), cancel(ADA, 2, NEVER, UNKNOWN),
						book(BOB, 2, NEVER, UNKNOWN), book(ADA, 4, 5, BOOKED)),
				rule("an event that is there is found", 1, List.of(ADA), cancel(BOB, 2, 3, EVENT_NOT_FOUND)),
				rule("the counter is that of the list", 1, List.of(ADA, ADA), cancel(ADA, 2, 3, RELEASED)));
	}

	static Stream<Arguments> legal() {
		return Stream.of(
				rule("a seat that is cancelled meanwhile", 1, List.of(BOB), book(BOB, 2, 4, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("refused while a seat is given back", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("registered already while giving it back", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						book(ADA, 4, 5, ALREADY_REGISTERED)),
				rule("booked again after giving it back meanwhile", 2, List.of(ADA), book(ADA, 2, 4, BOOKED),
						cancel(ADA, 4, 5, RELEASED)),
				rule("given back as soon as it was booked, unknown", 2, List.of(ADA), book(BOB, 2, NEVER, UNKNOWN),
						cancel(BOB, 2, 3, RELEASED)),
				rule("two at once give one seat back", 1, List.of(), cancel(ADA, 2, 4, RELEASED),
						cancel(ADA, 4, 5, NOT_REGISTERED)),
				rule("not registered while another one gives it back", 1, List.of(), cancel(ADA, 2, 5, RELEASED),
						cancel(ADA, 4, 6, NOT_REGISTERED)),
				rule("an unknown cancellation that happened", 1, List.of(), cancel(ADA, 2, NEVER, UNKNOWN)),
				rule("an unknown cancellation that did not", 1, List.of(ADA), cancel(ADA, 2, NEVER, UNKNOWN)),
				rule("who comes back stands at the end", 2, List.of(BOB, ADA), book(BOB, 2, 3, BOOKED),
						cancel(ADA, 4, 5, RELEASED), book(ADA, 6, 7, BOOKED)),
				rule("who may have come back and gone stands where they stood", 2, List.of(ADA, BOB),
						book(BOB, 2, 3, BOOKED), cancel(ADA, 4, NEVER, UNKNOWN), book(ADA, 6, NEVER, UNKNOWN)),
				rule("the capacity drops while a seat is given back", 2, 1, List.of(BOB), book(BOB, 2, 3, BOOKED),
						resize(1, 4, 6, CHANGED), cancel(ADA, 5, 7, RELEASED)),
				rule("a change refused while a seat is given back", 2, List.of(BOB), book(BOB, 2, 3, BOOKED),
						resize(1, 4, 6, CAPACITY_BELOW_SOLD), cancel(ADA, 5, 7, RELEASED)),
				rule("an unknown change that happened", 1, 2, List.of(ADA, BOB), resize(2, 2, NEVER, UNKNOWN),
						book(BOB, 4, 5, BOOKED)),
				rule("an unknown change that happened last of all", 1, 2, List.of(ADA), resize(2, 2, NEVER, UNKNOWN),
						book(BOB, 4, 5, SOLD_OUT)),
				rule("two changes at once, in either order", 1, 2, List.of(ADA), resize(2, 2, 4, CHANGED),
						resize(3, 4, 6, CHANGED)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegal")
	void findsNoExplanationWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isFalse();
		assertThat(EverySequence.explains(history)).as("by the definition").isFalse();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("legal")
	void findsTheExplanationWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isTrue();
		assertThat(EverySequence.explains(history)).as("by the definition").isTrue();
	}

	private static Arguments answers(String rule, int capacity, Operation... operations) {
		List<Operation> all = Stream.concat(Stream.of(book(ADA, 0, 1, BOOKED)), Stream.of(operations)).toList();
		return arguments(rule, new History(Histories.EVENT, capacity, all, null));
	}

	static Stream<Arguments> illegalAnswers() {
		return Stream.of(answers("who is registered cannot be booked", 2, book(ADA, 2, 3, BOOKED)),
				answers("who is not registered cannot give a seat back", 1, cancel(BOB, 2, 3, RELEASED)),
				answers("a seat is given back once", 1, cancel(ADA, 2, 3, RELEASED), cancel(ADA, 4, 5, RELEASED)),
				answers("the capacity does not drop below the seats taken", 2, book(BOB, 2, 3, BOOKED),
						resize(1, 4, 5, CHANGED)),
				answers("an unknown cancellation happens once", 1, cancel(ADA, 2, NEVER, UNKNOWN),
						book(BOB, 2, 3, BOOKED), book(ADA, 4, 5, BOOKED)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("illegalAnswers")
	void findsNoExplanationOfTheAnswersWhere(String rule, History history) {
		assertThat(new Search(history, Search.BUDGET).finds()).isFalse();
		assertThat(EverySequence.explains(history)).as("by the definition").isFalse();
	}

}
