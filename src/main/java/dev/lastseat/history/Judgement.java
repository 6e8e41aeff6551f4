package dev.lastseat.history;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whether any sequential execution explains a history.
 */
public sealed interface Judgement {

	/** One does. */
	record Linearizable() implements Judgement {

	}

	/**
	 * None does.
	 *
	 * @param prefix the operations up to the first answer that nothing explains any more,
	 * in the order of their invocations; those that had no answer by then are unknown
	 * @param offender that answer; null when it is the stored document, which comes last
	 * @param reason a sentence
	 */
	record Violation(List<Operation> prefix, @Nullable Operation offender, String reason) implements Judgement {

	}

	/**
	 * The search was given up.
	 *
	 * @param reason a sentence
	 */
	record Undecided(String reason) implements Judgement {

	}

	/**
	 * Decides it. Histories of bookings alone take a time that is linear in their size.
	 * With cancellations or changes of the capacity it also grows, and in the worst case
	 * doubles, with each operation more that is in flight at once.
	 */
	static Judgement of(History history) {
		return new Checker(Search.BUDGET).judge(history);
	}

}
