package dev.lastseat.stress;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The verdict passes a correct race. For each kind of error it fails a race that differs
 * from the correct one in this error only.
 */
class VerdictTest {

	private static final UserId ADA = new UserId("user-0");

	private static final UserId BOB = new UserId("user-1");

	private static final UserId EVE = new UserId("user-2");

	/** Two seats and three users; the first user makes two attempts. */
	private static final RaceSettings SETTINGS = RaceSettings.ofBookings(4, 2, 3);

	private static final List<Operation> ATTEMPTS = List.of(told(ADA, Answer.BOOKED), told(BOB, Answer.BOOKED),
			told(EVE, Answer.SOLD_OUT), told(ADA, Answer.ALREADY_REGISTERED));

	private static final Ledger LEDGER = new Ledger(2, 2, 0, List.of(ADA, BOB), List.of(), List.of());

	private static final CheckResult EXPLAINED = new CheckResult.Linearizable();

	private static Operation told(UserId user, Answer answer) {
		return Operation.book(user, 0, 2_000, answer);
	}

	private static RaceResult result(List<Operation> attempts, Ledger ledger) {
		return result(SETTINGS, attempts, ledger);
	}

	private static RaceResult result(RaceSettings settings, List<Operation> attempts, Ledger ledger) {
		History history = new History(new EventId("1"), settings.capacity(), attempts, ledger);
		List<Throwable> faults = attempts.stream()
			.filter((attempt) -> attempt.answer() == Answer.UNKNOWN)
			.<Throwable>map((attempt) -> new IllegalStateException("away"))
			.toList();
		return new RaceResult(settings, history, ledger, faults, Duration.ofMillis(13), Optional.empty());
	}

	private static List<Operation> but(int index, Operation attempt) {
		List<Operation> attempts = new ArrayList<>(ATTEMPTS);
		attempts.set(index, attempt);
		return attempts;
	}

	static Stream<Arguments> wrong() {
		return Stream.of(
				arguments("tickets_sold: expected 2, was 3", ATTEMPTS,
						new Ledger(2, 3, 0, List.of(ADA, BOB), List.of(), List.of())),
				arguments("registration_ids: expected 2, was 1", ATTEMPTS,
						new Ledger(2, 2, 0, List.of(ADA), List.of(), List.of())),
				arguments("distinct registration_ids: expected 2, was 1", ATTEMPTS,
						new Ledger(2, 2, 0, List.of(ADA, ADA), List.of(), List.of())),
				arguments("successful bookings: expected 2, was 3", but(2, told(EVE, Answer.BOOKED)), LEDGER),
				arguments(
						"successful bookings: expected 2, was 1", but(1, told(BOB, Answer.ALREADY_REGISTERED)), LEDGER),
				arguments("users booked more than once: 1", but(3, told(ADA, Answer.BOOKED)), LEDGER),
				arguments("users told booked who are not stored: 1", ATTEMPTS,
						new Ledger(2, 2, 0, List.of(ADA, EVE), List.of(), List.of())),
				arguments("users stored who were not told booked: 1", ATTEMPTS,
						new Ledger(2, 2, 0, List.of(ADA, EVE), List.of(), List.of())),
				arguments("users told already registered who are not stored: 1",
						but(3, told(EVE, Answer.ALREADY_REGISTERED)), LEDGER),
				arguments("users told capacity reached who are stored: 1", but(3, told(ADA, Answer.SOLD_OUT)), LEDGER),
				arguments("attempts told that the event does not exist: 1", but(2, told(EVE, Answer.EVENT_NOT_FOUND)),
						LEDGER),
				arguments("attempts without an answer: 1 (java.lang.IllegalStateException: away)",
						but(2, Operation.book(EVE, 0, Operation.NEVER, Answer.UNKNOWN)), LEDGER));
	}

	@Test
	void passesACorrectRace() {
		assertThat(Verdict.of(result(ATTEMPTS, LEDGER), EXPLAINED).differences()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrong")
	void failsAWrongRaceAndNamesTheDifference(String difference, List<Operation> attempts, Ledger ledger) {
		Verdict verdict = Verdict.of(result(attempts, ledger), EXPLAINED);

		assertThat(verdict.pass()).isFalse();
		assertThat(verdict.differences()).contains(difference);
	}

	@Test
	void printsTheFixedReportOfAPass() {
		List<Operation> attempts = IntStream.range(0, 50)
			.mapToObj((number) -> told(new UserId("user-" + number), (number == 0) ? Answer.BOOKED : Answer.SOLD_OUT))
			.toList();
		RaceResult result = result(RaceSettings.ofBookings(50, 1, 50), attempts,
				new Ledger(1, 1, 0, List.of(ADA), List.of(), List.of()));

		assertThat(report(result, EXPLAINED)).isEqualTo("""
				Total Attempts:     50
				Successful Bookings: 1
				Time Taken:         13ms

				✅  PASS — exactly 1 booking succeeded (no overbooking)

				MongoDB final state  →  tickets_sold=1  registration_ids=1

				Refusals:
				  event capacity reached: 49
				  user already registered for event: 0

				linearizable: yes
				""");
	}

	@Test
	void printsAllDifferencesOfAFail() {
		RaceResult result = result(ATTEMPTS, new Ledger(2, 3, 0, List.of(ADA, BOB, EVE), List.of(), List.of()));

		assertThat(report(result, EXPLAINED)).isEqualTo("""
				Total Attempts:     4
				Successful Bookings: 2
				Time Taken:         13ms

				❌  FAIL — expected and actual state differ:
				      tickets_sold: expected 2, was 3
				      registration_ids: expected 2, was 3
				      users stored who were not told booked: 1
				      users told capacity reached who are stored: 1

				MongoDB final state  →  tickets_sold=3  registration_ids=3

				Refusals:
				  event capacity reached: 1
				  user already registered for event: 1

				linearizable: yes
				""");
	}

	@Test
	void failsARaceThatIsNotLinearizableAndPrintsItsHistory() {
		RaceResult result = result(but(3, Operation.book(EVE, 5_000, Operation.NEVER, Answer.UNKNOWN)), LEDGER);
		List<Operation> prefix = result.history().operations();
		CheckResult checkResult = new CheckResult.Violation(prefix, prefix.get(2), "that cannot be");

		assertThat(Verdict.of(result(ATTEMPTS, LEDGER), checkResult).differences())
			.containsExactly("no sequential execution explains the answers: see below");
		assertThat(report(result, checkResult)).endsWith("""

				linearizable: no, that cannot be

				The smallest prefix that no sequential execution explains has 4 operations (in microseconds):
				                 0 -            2  BOOK user-0              BOOKED
				                 0 -            2  BOOK user-1              BOOKED
				  >>             0 -            2  BOOK user-2              SOLD_OUT
				                 5 -               BOOK user-2              no answer yet
				""");
	}

	@Test
	void printsTheStoredStateWhenTheAnswersHaveAnExplanation() {
		RaceResult result = result(ATTEMPTS, LEDGER);

		String report = report(result, new CheckResult.Violation(ATTEMPTS, null, "that cannot be"));

		assertThat(report).endsWith("  >>  stored: capacity=2 tickets_sold=2 registration_ids=[user-0, user-1]\n");
	}

	@Test
	void printsTheEndOfALongPrefixAndTheOffender() {
		List<Operation> prefix = IntStream.range(0, 1_000)
			.mapToObj((number) -> told(new UserId("user-" + number), Answer.SOLD_OUT))
			.toList();

		String report = report(result(prefix, LEDGER), new CheckResult.Violation(prefix, prefix.get(7), "no"));

		assertThat(report).contains("has 1,000 operations", "the first 800 are not shown", "user-800 ", "user-999 ")
			.containsPattern(">> .* user-7 ")
			.doesNotContain("user-799 ");
	}

	@Test
	void failsARaceWhoseCheckIsUndecided() {
		CheckResult checkResult = new CheckResult.Undecided("too much");

		assertThat(Verdict.of(result(ATTEMPTS, LEDGER), checkResult).differences())
			.containsExactly("the check of the answers is undecided: see below");
		assertThat(report(result(ATTEMPTS, LEDGER), checkResult)).endsWith("\nlinearizable: undecided, too much\n");
	}

	@Test
	void checksAMixedRaceByItsInvariants() {
		RaceSettings mixed = new RaceSettings(4, 2, 3, 0.5, true, 0, 0);

		assertThat(
				Verdict.of(result(mixed, ATTEMPTS, new Ledger(5, 1, 0, List.of(EVE), List.of(), List.of())), EXPLAINED)
					.differences())
			.isEmpty();
		assertThat(Verdict
			.of(result(mixed, ATTEMPTS, new Ledger(1, 3, 0, List.of(EVE, EVE), List.of(), List.of())), EXPLAINED)
			.differences()).containsExactly("tickets_sold: expected 2, was 3",
					"distinct registration_ids: expected 2, was 1", "seats taken beyond the capacity: 2");
	}

	@Test
	void countsCancellationsAndChangesOfTheCapacity() {
		List<Operation> attempts = List.of(Operation.cancel(ADA, 0, 1, Answer.RELEASED),
				Operation.cancel(ADA, 2, 3, Answer.NOT_REGISTERED), Operation.resize(9, 4, 5, Answer.CHANGED),
				Operation.resize(1, 6, 7, Answer.CAPACITY_BELOW_SOLD));

		assertThat(report(result(new RaceSettings(4, 2, 3, 0.5, true, 0, 0), attempts, LEDGER), EXPLAINED))
			.contains("PASS — a sequential execution explains all answers and the stored state (no overbooking)")
			.endsWith("""
					Cancellations:
					  seat released: 1
					  user had no seat: 1
					Capacity changes:
					  changed: 1
					  more seats taken than the new capacity: 1

					linearizable: yes
					""");
	}

	private static String report(RaceResult result, CheckResult checkResult) {
		StringWriter out = new StringWriter();
		RaceReport.print(result, Verdict.of(result, checkResult), checkResult, new PrintWriter(out));
		return out.toString();
	}

}
