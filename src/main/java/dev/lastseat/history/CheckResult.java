package dev.lastseat.history;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The result of a check: does a sequential execution explain the history? */
public sealed interface CheckResult {

	/** A sequential execution explains the history. */
	record Linearizable() implements CheckResult {

	}

	/**
	 * No sequential execution explains the history.
	 *
	 * @param prefix the operations up to the first response that no execution explains,
	 * in the order of their invocations; those without a response at that moment are
	 * pending
	 * @param offender the operation with that response; null when the responses have an
	 * explanation and only the stored state has none
	 * @param reason a sentence
	 */
	record Violation(List<Operation> prefix, @Nullable Operation offender, String reason) implements CheckResult {

	}

	/**
	 * The search reached its budget.
	 *
	 * @param reason a sentence
	 */
	record Undecided(String reason) implements CheckResult {

	}

	/**
	 * Checks a history. For a history that contains only bookings, the time is linear in
	 * its size. For other histories it also grows with the number of operations that are
	 * pending at the same time, and in the worst case doubles with each of them.
	 */
	static CheckResult of(History history) {
		return new Checker(Search.BUDGET).check(history);
	}

}
