package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Checks histories. Histories that contain only bookings are checked by their rules,
 * those with cancellations and changes of the capacity by the {@link Search}, those with
 * a journal by the {@link JournalCheck}, and all others by the {@link SaleSearch}.
 */
final class Checker {

	private final int budget;

	/**
	 * @param budget how many configurations one search may visit
	 */
	Checker(int budget) {
		this.budget = budget;
	}

	CheckResult check(History history) {
		if (history.journal() != null) {
			String objection = JournalCheck.objection(history, history.journal());
			return (objection == null) ? new CheckResult.Linearizable()
					: new CheckResult.Violation(history.operations(), null, objection);
		}
		if (history.hasWaitingList()) {
			return new CheckResult.Undecided("a history with a waiting list needs the journal");
		}
		try {
			String objection = objection(history);
			return (objection == null) ? new CheckResult.Linearizable()
					: new SmallestPrefix(this, history).violation(objection);
		}
		catch (SearchExhausted ex) {
			return new CheckResult.Undecided(ex.getMessage());
		}
	}

	/**
	 * @return why no sequential execution explains the history; null when one does
	 * @throws SearchExhausted when the search reaches its budget
	 */
	@Nullable String objection(History history) {
		if (!history.isPlain()) {
			return new SaleSearch(history, this.budget).finds() ? null : "no order of the operations explains it";
		}
		Ledger ledger = history.ledger();
		if (!hasOnlyBookings(history.operations())) {
			return new Search(history, this.budget).finds() ? null : "no order of the operations explains it";
		}
		return (ledger != null) ? StoredBookings.objection(history, ledger) : AnsweredBookings.objection(history);
	}

	private static boolean hasOnlyBookings(List<Operation> operations) {
		return operations.stream()
			.allMatch((operation) -> operation.action() == Action.BOOK || operation.answer() == Answer.NOTHING_CHANGED);
	}

}
