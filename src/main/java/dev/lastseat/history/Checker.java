package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Judges histories: those of bookings alone by their rules, all others by the search.
 */
final class Checker {

	private final int budget;

	/**
	 * @param budget configurations that one search may look at
	 */
	Checker(int budget) {
		this.budget = budget;
	}

	Judgement judge(History history) {
		try {
			String objection = objection(history);
			return (objection == null) ? new Judgement.Linearizable()
					: new SmallestPrefix(this, history).violation(objection);
		}
		catch (SearchExhausted ex) {
			return new Judgement.Undecided(ex.getMessage());
		}
	}

	/**
	 * @return why no execution explains the history; null when one does
	 * @throws SearchExhausted when that cannot be told
	 */
	@Nullable String objection(History history) {
		Ledger ledger = history.ledger();
		if (!isOfBookings(history.operations())) {
			return new Search(history, this.budget).finds() ? null : "no order of the operations explains it";
		}
		return (ledger != null) ? StoredBookings.objection(history, ledger) : AnsweredBookings.objection(history);
	}

	private static boolean isOfBookings(List<Operation> operations) {
		return operations.stream()
			.allMatch((operation) -> operation.action() == Action.BOOK || operation.answer() == Answer.NOTHING_CHANGED);
	}

}
