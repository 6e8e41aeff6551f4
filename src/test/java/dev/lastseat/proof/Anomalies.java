package dev.lastseat.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Judgement;
import dev.lastseat.history.Operation;

/**
 * What went wrong with an event that nobody left and nobody resized: counted from the
 * stored document and the answers, beside the judgement of the history.
 *
 * @param lost users who were told that they are booked, and are not stored
 * @param oversold seats sold beyond the capacity, by the counter or by the list
 * @param doubled users stored more than once or told more than once that they are booked
 * now
 * @param falseRefusals users told that no seat was free, although one stayed free to the
 * end or they hold one
 * @param nonLinearizable histories that no sequential execution explains, or of which
 * that could not be told
 */
record Anomalies(int lost, int oversold, int doubled, int falseRefusals, int nonLinearizable) {

	/**
	 * @param history of bookings alone, with what is stored at its end
	 */
	static Anomalies of(History history) {
		Ledger ledger = history.ledger();
		List<UserId> registrations = ledger.registrations();
		Set<UserId> stored = new HashSet<>(registrations);
		List<UserId> booked = told(history, Answer.BOOKED);
		Set<UserId> distinctBooked = new HashSet<>(booked);
		int doubled = registrations.size() - stored.size() + booked.size() - distinctBooked.size();
		boolean full = registrations.size() >= ledger.capacity();
		int lost = (int) distinctBooked.stream().filter((user) -> !stored.contains(user)).count();
		int refused = (int) told(history, Answer.SOLD_OUT).stream()
			.filter((user) -> !full || stored.contains(user))
			.count();
		return new Anomalies(lost,
				Math.max(0, Math.max(ledger.ticketsSold(), registrations.size()) - ledger.capacity()), doubled, refused,
				(Judgement.of(history) instanceof Judgement.Linearizable) ? 0 : 1);
	}

	private static List<UserId> told(History history, Answer answer) {
		return history.operations()
			.stream()
			.filter((operation) -> operation.action() == Action.BOOK && operation.answer() == answer)
			.map(Operation::user)
			.toList();
	}

	boolean isNone() {
		return this.lost + this.oversold + this.doubled + this.falseRefusals + this.nonLinearizable == 0;
	}

}
