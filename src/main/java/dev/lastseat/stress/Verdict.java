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
import dev.lastseat.history.Judgement;
import dev.lastseat.history.Operation;

/**
 * Judges a race, by the stored document as well as by the answers.
 *
 * @param differences what is not as it must be; empty when all is well
 */
record Verdict(List<String> differences) {

	boolean pass() {
		return this.differences.isEmpty();
	}

	static Verdict of(RaceResult result, Judgement judgement) {
		List<String> differences = new ArrayList<>();
		if (result.settings().mixed()) {
			judgeInvariants(result.ledger(), differences);
		}
		else {
			judgeBookings(result, differences);
		}
		judgeAnswers(result, differences);
		if (judgement instanceof Judgement.Violation) {
			differences.add("no sequential execution explains the answers: see below");
		}
		else if (judgement instanceof Judgement.Undecided) {
			differences.add("the answers could not be judged: see below");
		}
		return new Verdict(List.copyOf(differences));
	}

	/**
	 * How many must be registered in the end cannot be said in advance; the judgement of
	 * the history knows.
	 */
	private static void judgeInvariants(Ledger ledger, List<String> differences) {
		expect("tickets_sold", ledger.registrations().size(), ledger.ticketsSold(), differences);
		expectDistinct(ledger, differences);
		expectNone("seats taken beyond the capacity", Math.max(0, ledger.ticketsSold() - ledger.capacity()),
				differences);
	}

	private static void judgeBookings(RaceResult result, List<String> differences) {
		int expected = result.settings().expectedBookings();
		expect("tickets_sold", expected, result.ledger().ticketsSold(), differences);
		expect("registration_ids", expected, result.ledger().registrations().size(), differences);
		expectDistinct(result.ledger(), differences);
		Set<UserId> stored = new HashSet<>(result.ledger().registrations());
		List<UserId> winners = usersTold(result, Answer.BOOKED).toList();
		expect("successful bookings", expected, winners.size(), differences);
		expectNone("users booked more than once", winners.size() - Set.copyOf(winners).size(), differences);
		expectNone("users told booked who are not stored",
				winners.stream().filter((user) -> !stored.contains(user)).count(), differences);
		Set<UserId> booked = Set.copyOf(winners);
		expectNone("users stored who were not told booked",
				stored.stream().filter((user) -> !booked.contains(user)).count(), differences);
		expectNone("users told already registered who are not stored",
				usersTold(result, Answer.ALREADY_REGISTERED).filter((user) -> !stored.contains(user)).count(),
				differences);
		expectNone("users told capacity reached who are stored",
				usersTold(result, Answer.SOLD_OUT).filter(stored::contains).count(), differences);
	}

	private static void judgeAnswers(RaceResult result, List<String> differences) {
		expectNone("attempts told that there is no such event", result.count(Answer.EVENT_NOT_FOUND), differences);
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
