package dev.lastseat.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WithoutCancellationsTest {

	private static final int CAPACITY = 1000;

	private static final List<String> NO_USERS = List.of();

	private static Operation booked(String user, long invoked, long responded) {
		return Operation.book(new UserId(user), invoked, responded, Answer.BOOKED);
	}

	private static Operation cancelled(String user, long invoked, Answer answer) {
		return Operation.cancel(new UserId(user), invoked, (answer == Answer.UNKNOWN) ? Operation.NEVER : invoked + 10,
				answer);
	}

	private static History history(List<String> stored, Operation... operations) {
		return history(CAPACITY, stored, Arrays.asList(operations));
	}

	private static History history(int capacity, List<String> stored, List<Operation> operations) {
		return new History(new EventId("0123456789abcdef01234567"), capacity, operations, new Ledger(capacity,
				stored.size(), 0, stored.stream().map(UserId::new).toList(), List.of(), List.of()));
	}

	/**
	 * Checks the reduced history, and that the check of the full history has the same
	 * result.
	 */
	private static boolean isExplained(List<String> stored, Operation... operations) {
		History full = history(stored, operations);
		boolean explained = CheckResult.of(WithoutCancellations.of(full)) instanceof CheckResult.Linearizable;
		assertThat(CheckResult.of(full) instanceof CheckResult.Linearizable).as("the full history")
			.isEqualTo(explained);
		return explained;
	}

	@Test
	void returnsAHistoryOfBookingsUnchanged() {
		History bookings = history(List.of("a"), booked("a", 0, 1));

		assertThat(WithoutCancellations.of(bookings)).isSameAs(bookings);
	}

	@Test
	void acceptsAReleasedUserWhoIsNotStored() {
		assertThat(isExplained(NO_USERS, booked("a", 0, 1), cancelled("a", 2, Answer.RELEASED))).isTrue();
	}

	@Test
	void rejectsAReleasedUserWhoIsStored() {
		assertThat(isExplained(List.of("a"), booked("a", 0, 1), cancelled("a", 2, Answer.RELEASED))).isFalse();
	}

	@Test
	void acceptsAStoredUserWhoseCancellationChangedNothing() {
		assertThat(isExplained(List.of("a"), booked("a", 0, 1), cancelled("a", 2, Answer.NOTHING_CHANGED))).isTrue();
	}

	@Test
	void rejectsAMissingUserWhoseCancellationChangedNothing() {
		assertThat(isExplained(NO_USERS, booked("a", 0, 1), cancelled("a", 2, Answer.NOTHING_CHANGED))).isFalse();
	}

	@Test
	void acceptsAnUnknownCancellationWithAndWithoutEffect() {
		assertThat(isExplained(List.of("a"), booked("a", 0, 1), cancelled("a", 2, Answer.UNKNOWN))).isTrue();
		assertThat(isExplained(NO_USERS, booked("a", 0, 1), cancelled("a", 2, Answer.UNKNOWN))).isTrue();
	}

	@Test
	void acceptsNotRegisteredForAUserWithoutASeat() {
		assertThat(isExplained(List.of("a"), booked("a", 0, 1), cancelled("b", 2, Answer.NOT_REGISTERED))).isTrue();
	}

	@Test
	void rejectsAnotherOrderOfTheStoredUsers() {
		Operation[] operations = { booked("a", 0, 1), booked("b", 2, 3), booked("c", 4, 5),
				cancelled("b", 6, Answer.RELEASED) };

		assertThat(isExplained(List.of("a", "c"), operations)).isTrue();
		assertThat(isExplained(List.of("c", "a"), operations)).isFalse();
	}

	/** So many operations overlap that the general search would reach its budget. */
	@Test
	void checksHundredsOfOverlappingCancellations() {
		List<Operation> operations = IntStream.range(0, 500)
			.boxed()
			.flatMap((number) -> Stream.of(booked("a" + number, 0, 1), cancelled("a" + number, 2, Answer.RELEASED),
					booked("b" + number, 2, 12)))
			.toList();
		List<String> stored = IntStream.range(0, 500).mapToObj((number) -> "b" + number).toList();

		assertThat(CheckResult.of(WithoutCancellations.of(history(5000, stored, operations))))
			.isInstanceOf(CheckResult.Linearizable.class);
	}

	@Test
	void rejectsHistoriesThatDoNotMeetTheConditions() {
		assertRejected("the event can fill up", history(1, NO_USERS,
				List.of(booked("a", 0, 1), booked("b", 0, 1), cancelled("a", 2, Answer.RELEASED))));
		assertRejected("a user sends the same request twice",
				history(NO_USERS, booked("a", 0, 1), booked("a", 0, 1), cancelled("a", 2, Answer.RELEASED)));
		assertRejected("a user cancels before the answer BOOKED",
				history(NO_USERS, booked("a", 0, 3), cancelled("a", 2, Answer.RELEASED)));
		assertRejected("a user without a booking was told RELEASED",
				history(NO_USERS, cancelled("a", 2, Answer.RELEASED)));
		assertRejected("a user with a seat was told NOT_REGISTERED",
				history(NO_USERS, booked("a", 0, 1), cancelled("a", 2, Answer.NOT_REGISTERED)));
	}

	private static void assertRejected(String reason, History history) {
		assertThatIllegalStateException().isThrownBy(() -> WithoutCancellations.of(history)).withMessage(reason);
	}

}
