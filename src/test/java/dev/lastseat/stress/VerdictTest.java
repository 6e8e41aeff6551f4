package dev.lastseat.stress;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The judge: passes a race that went well, and for each way to go wrong fails one that
 * differs from it in that way only.
 */
class VerdictTest {

	private static final UserId ADA = new UserId("user-0");

	private static final UserId BOB = new UserId("user-1");

	private static final UserId EVE = new UserId("user-2");

	/** Two seats, three people, of whom the first tries twice. */
	private static final RaceSettings SETTINGS = new RaceSettings(4, 2, 3);

	private static final List<Attempt> ATTEMPTS = List.of(Attempt.answered(ADA, BookingOutcome.BOOKED),
			Attempt.answered(BOB, BookingOutcome.BOOKED), Attempt.answered(EVE, BookingOutcome.SOLD_OUT),
			Attempt.answered(ADA, BookingOutcome.ALREADY_REGISTERED));

	private static final Ledger LEDGER = new Ledger(2, 2, List.of(ADA, BOB));

	private static RaceResult result(List<Attempt> attempts, Ledger ledger) {
		return new RaceResult(SETTINGS, attempts, Duration.ofMillis(13), ledger);
	}

	private static List<Attempt> but(int index, Attempt attempt) {
		List<Attempt> attempts = new ArrayList<>(ATTEMPTS);
		attempts.set(index, attempt);
		return attempts;
	}

	static Stream<Arguments> wrong() {
		return Stream.of(arguments("tickets_sold: expected 2, was 3", ATTEMPTS, new Ledger(2, 3, List.of(ADA, BOB))),
				arguments("registration_ids: expected 2, was 1", ATTEMPTS, new Ledger(2, 2, List.of(ADA))),
				arguments("distinct registration_ids: expected 2, was 1", ATTEMPTS,
						new Ledger(2, 2, List.of(ADA, ADA))),
				arguments("successful bookings: expected 2, was 3",
						but(2, Attempt.answered(EVE, BookingOutcome.BOOKED)), LEDGER),
				arguments("successful bookings: expected 2, was 1",
						but(1, Attempt.answered(BOB, BookingOutcome.ALREADY_REGISTERED)), LEDGER),
				arguments("users booked more than once: 1", but(3, Attempt.answered(ADA, BookingOutcome.BOOKED)),
						LEDGER),
				arguments("users told booked who are not stored: 1", ATTEMPTS, new Ledger(2, 2, List.of(ADA, EVE))),
				arguments("users stored who were not told booked: 1", ATTEMPTS, new Ledger(2, 2, List.of(ADA, EVE))),
				arguments("users told already registered who are not stored: 1",
						but(3, Attempt.answered(EVE, BookingOutcome.ALREADY_REGISTERED)), LEDGER),
				arguments("users told capacity reached who are stored: 1",
						but(3, Attempt.answered(ADA, BookingOutcome.SOLD_OUT)), LEDGER),
				arguments("attempts told that there is no such event: 1",
						but(2, Attempt.answered(EVE, BookingOutcome.EVENT_NOT_FOUND)), LEDGER),
				arguments("attempts without an answer: 1 (java.lang.IllegalStateException: away)",
						but(2, Attempt.failed(EVE, new IllegalStateException("away"))), LEDGER));
	}

	@Test
	void passesARaceThatWentWell() {
		assertThat(Verdict.of(result(ATTEMPTS, LEDGER)).differences()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrong")
	void failsARaceThatWentWrongAndSaysHow(String difference, List<Attempt> attempts, Ledger ledger) {
		Verdict verdict = Verdict.of(result(attempts, ledger));

		assertThat(verdict.pass()).isFalse();
		assertThat(verdict.differences()).contains(difference);
	}

	@Test
	void reportsAPassToTheLetter() {
		List<Attempt> attempts = IntStream.range(0, 50)
			.mapToObj((number) -> Attempt.answered(new UserId("user-" + number),
					(number == 0) ? BookingOutcome.BOOKED : BookingOutcome.SOLD_OUT))
			.toList();
		RaceResult result = new RaceResult(new RaceSettings(50, 1, 50), attempts, Duration.ofMillis(13),
				new Ledger(1, 1, List.of(ADA)));

		assertThat(report(result)).isEqualTo("""
				Total Attempts:     50
				Successful Bookings: 1
				Time Taken:         13ms

				✅  PASS — exactly 1 booking succeeded (no overbooking)

				MongoDB final state  →  tickets_sold=1  registration_ids=1

				Refusals:
				  event capacity reached: 49
				  user already registered for event: 0
				""");
	}

	@Test
	void reportsAFailWithAllThatDiffers() {
		RaceResult result = result(ATTEMPTS, new Ledger(2, 3, List.of(ADA, BOB, EVE)));

		assertThat(report(result)).isEqualTo("""
				Total Attempts:     4
				Successful Bookings: 2
				Time Taken:         13ms

				❌  FAIL — this is not as it must be:
				      tickets_sold: expected 2, was 3
				      registration_ids: expected 2, was 3
				      users stored who were not told booked: 1
				      users told capacity reached who are stored: 1

				MongoDB final state  →  tickets_sold=3  registration_ids=3

				Refusals:
				  event capacity reached: 1
				  user already registered for event: 1
				""");
	}

	private static String report(RaceResult result) {
		StringWriter out = new StringWriter();
		RaceReport.print(result, Verdict.of(result), new PrintWriter(out));
		return out.toString();
	}

}
