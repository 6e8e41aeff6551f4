package dev.lastseat.stress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;

/**
 * The verdict on a race, by the stored state and by the answers.
 *
 * @param differences between the expected and the actual state; empty on PASS
 */
record Verdict(List<String> differences) {

	boolean pass() {
		return this.differences.isEmpty();
	}

	static Verdict of(RaceResult result, CheckResult checkResult) {
		List<String> differences = new ArrayList<>();
		if (result.settings().mixed()) {
			checkInvariants(result.ledger(), differences);
		}
		else {
			checkBookings(result, differences);
		}
		checkAnswers(result, differences);
		if (checkResult instanceof CheckResult.Violation) {
			differences.add("no sequential execution explains the answers: see below");
		}
		else if (checkResult instanceof CheckResult.Undecided) {
			differences.add("the check of the answers is undecided: see below");
		}
		return new Verdict(List.copyOf(differences));
	}

	/**
	 * The number of registrations after a mixed race cannot be known in advance. The
	 * check of the history covers it.
	 */
	private static void checkInvariants(Ledger ledger, List<String> differences) {
		expect("tickets_sold", ledger.registrations().size(), ledger.ticketsSold(), differences);
		expectDistinct(ledger, differences);
		expect("held", ledger.holds().size(), ledger.held(), differences);
		expectNone("seats taken beyond the capacity",
				Math.max(0, ledger.ticketsSold() + ledger.held() - ledger.capacity()), differences);
	}

	private static void checkBookings(RaceResult result, List<String> differences) {
		int expected = result.settings().expectedBookings();
		expect("tickets_sold", expected, result.ledger().ticketsSold(), differences);
		expect("registration_ids", expected, result.ledger().registrations().size(), differences);
		expectDistinct(result.ledger(), differences);
		Set<UserId> stored = new HashSet<>(result.ledger().registrations());
		List<UserId> bookedUsers = usersTold(result, Answer.BOOKED).toList();
		expect("successful bookings", expected, bookedUsers.size(), differences);
		expectNone("users booked more than once", bookedUsers.size() - Set.copyOf(bookedUsers).size(), differences);
		expectNone("users told booked who are not stored",
				bookedUsers.stream().filter((user) -> !stored.contains(user)).count(), differences);
		Set<UserId> distinct = Set.copyOf(bookedUsers);
		expectNone("users stored who were not told booked",
				stored.stream().filter((user) -> !distinct.contains(user)).count(), differences);
		expectNone("users told already registered who are not stored",
				usersTold(result, Answer.ALREADY_REGISTERED).filter((user) -> !stored.contains(user)).count(),
				differences);
		expectNone("users told capacity reached who are stored",
				usersTold(result, Answer.SOLD_OUT).filter(stored::contains).count(), differences);
	}

	private static void checkAnswers(RaceResult result, List<String> differences) {
		expectNone("attempts told that the event does not exist", result.count(Answer.EVENT_NOT_FOUND), differences);
		result.faults()
			.stream()
			.collect(Collectors.groupingBy(String::valueOf, Collectors.counting()))
			.forEach((fault, count) -> differences.add("attempts without an answer: " + count + " (" + fault + ")"));
	}

	private static Stream<UserId> usersTold(RaceResult result, Answer answer) {
		return result.history()
			.operations()
			.stream()
			.filter((operation) -> operation.answer() == answer)
			.map(Operation::user);
	}

	private static void expectDistinct(Ledger ledger, List<String> differences) {
		expect("distinct registration_ids", ledger.registrations().size(), Set.copyOf(ledger.registrations()).size(),
				differences);
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
