package dev.lastseat.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;

/**
 * The anomalies of a history. The counts come from the stored document and the answers.
 * In addition the checker decides whether the history is linearizable.
 *
 * @param lost users with the answer {@code BOOKED} who are not stored
 * @param oversold seats above the capacity, by the counter or by the list
 * @param duplicates users who are stored more than once, or got {@code BOOKED} more than
 * once
 * @param falseRefusals users with the answer {@code SOLD_OUT}, although the event never
 * became full or the user is registered
 * @param nonLinearizable 1 when no sequential execution explains the history, or when the
 * checker could not decide; otherwise 0
 */
record Anomalies(int lost, int oversold, int duplicates, int falseRefusals, int nonLinearizable) {

	/**
	 * @param history bookings only, no cancellations and no changes of capacity, with the
	 * state that is stored at the end
	 */
	static Anomalies of(History history) {
		Ledger ledger = history.ledger();
		List<UserId> registrations = ledger.registrations();
		Set<UserId> stored = new HashSet<>(registrations);
		List<UserId> booked = usersAnswered(history, Answer.BOOKED);
		Set<UserId> distinctBooked = new HashSet<>(booked);
		int duplicates = registrations.size() - stored.size() + booked.size() - distinctBooked.size();
		boolean full = registrations.size() >= ledger.capacity();
		int lost = (int) distinctBooked.stream().filter((user) -> !stored.contains(user)).count();
		int refused = (int) usersAnswered(history, Answer.SOLD_OUT).stream()
			.filter((user) -> !full || stored.contains(user))
			.count();
		return new Anomalies(lost,
				Math.max(0, Math.max(ledger.ticketsSold(), registrations.size()) - ledger.capacity()), duplicates,
				refused, nonLinearizable(history));
	}

	/**
	 * The anomalies of a history with any operations. Only the checker finds bookings and
	 * holds that are lost, and false refusals.
	 * @param history with the state that is stored at the end
	 */
	static Anomalies ofSale(History history) {
		Ledger ledger = history.ledger();
		List<UserId> users = Stream.concat(ledger.registrations().stream(), ledger.holds().stream().map(Hold::user))
			.toList();
		int taken = Math.max(ledger.ticketsSold() + ledger.held(), users.size());
		return new Anomalies(0, Math.max(0, taken - ledger.capacity()), users.size() - new HashSet<>(users).size(), 0,
				nonLinearizable(history));
	}

	private static int nonLinearizable(History history) {
		return (CheckResult.of(history) instanceof CheckResult.Linearizable) ? 0 : 1;
	}

	private static List<UserId> usersAnswered(History history, Answer answer) {
		return history.operations()
			.stream()
			.filter((operation) -> operation.action() == Action.BOOK && operation.answer() == answer)
			.map(Operation::user)
			.toList();
	}

	boolean isNone() {
		return this.lost + this.oversold + this.duplicates + this.falseRefusals + this.nonLinearizable == 0;
	}

}
