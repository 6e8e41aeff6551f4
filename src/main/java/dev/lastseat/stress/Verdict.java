package dev.lastseat.stress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;

/**
 * Judges a race, by the stored document as well as by the answers.
 *
 * @param differences what is not as it must be; empty when all is well
 */
record Verdict(List<String> differences) {

	boolean pass() {
		return this.differences.isEmpty();
	}

	static Verdict of(RaceResult result) {
		List<String> differences = new ArrayList<>();
		judgeStored(result.settings(), result.ledger(), differences);
		judgeAnswers(result, differences);
		return new Verdict(List.copyOf(differences));
	}

	private static void judgeStored(RaceSettings settings, Ledger ledger, List<String> differences) {
		int expected = settings.expectedBookings();
		Set<UserId> distinct = Set.copyOf(ledger.registrations());
		expect("tickets_sold", expected, ledger.ticketsSold(), differences);
		expect("registration_ids", expected, ledger.registrations().size(), differences);
		expect("distinct registration_ids", ledger.registrations().size(), distinct.size(), differences);
	}

	private static void judgeAnswers(RaceResult result, List<String> differences) {
		Set<UserId> stored = new HashSet<>(result.ledger().registrations());
		List<UserId> winners = usersTold(result, BookingOutcome.BOOKED).toList();
		expect("successful bookings", result.settings().expectedBookings(), winners.size(), differences);
		expectNone("users booked more than once", winners.size() - Set.copyOf(winners).size(), differences);
		expectNone("users told booked who are not stored",
				winners.stream().filter((user) -> !stored.contains(user)).count(), differences);
		Set<UserId> booked = Set.copyOf(winners);
		expectNone("users stored who were not told booked",
				stored.stream().filter((user) -> !booked.contains(user)).count(), differences);
		expectNone("users told already registered who are not stored",
				usersTold(result, BookingOutcome.ALREADY_REGISTERED).filter((user) -> !stored.contains(user)).count(),
				differences);
		expectNone("users told capacity reached who are stored",
				usersTold(result, BookingOutcome.SOLD_OUT).filter(stored::contains).count(), differences);
		expectNone("attempts told that there is no such event", result.count(BookingOutcome.EVENT_NOT_FOUND),
				differences);
		result.attempts()
			.stream()
			.map(Attempt::fault)
			.filter(Objects::nonNull)
			.collect(Collectors.groupingBy(String::valueOf, Collectors.counting()))
			.forEach((fault, count) -> differences.add("attempts without an answer: " + count + " (" + fault + ")"));
	}

	private static Stream<UserId> usersTold(RaceResult result, BookingOutcome outcome) {
		return result.attempts().stream().filter((attempt) -> attempt.outcome() == outcome).map(Attempt::user);
	}

	private static void expect(String what, long expected, long actual, List<String> differences) {
		if (actual != expected) {
			differences.add(what + ": expected " + expected + ", was " + actual);
		}
	}

	private static void expectNone(String what, long count, List<String> differences) {
		if (count != 0) {
			differences.add(what + ": " + count);
		}
	}

}
