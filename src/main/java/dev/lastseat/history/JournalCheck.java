package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Checks a history with the journal of its event. The journal is the order of all
 * changes, so the time is linear in the number of entries, whatever the number of
 * operations that overlap. Waiting lists need it: a search would have to guess when each
 * offer was made.
 * <p>
 * Each entry must be allowed by the rules of the event in the state before it, and must
 * be made by an operation, or be an offer or an expiry. Each answer that a change was
 * made needs an entry. Each other answer must be true in a state between those that the
 * operations before and after it have seen. The last state must be the stored one.
 */
final class JournalCheck {

	/** Tried combinations of operations for ambiguous entries. */
	private static final int MAX_CHOICES = 1_000;

	private JournalCheck() {
	}

	/**
	 * @return why the journal does not explain the history; null when it does
	 */
	static @Nullable String objection(History history, List<Change> journal) {
		List<Integer> choices = new ArrayList<>();
		String first = null;
		for (int i = 0; i < MAX_CHOICES; i++) {
			JournalOrder order = new JournalOrder(history, journal, choices);
			String objection = order.objection();
			if (objection == null) {
				return null;
			}
			first = (first != null) ? first : objection;
			if (!next(choices, order.possibilities())) {
				return first;
			}
		}
		return first;
	}

	/**
	 * Entries tell neither the new capacity nor the party of a user. So the possible
	 * operations are tried in turn, those of the last such entry first.
	 * @return whether there is a next combination
	 */
	private static boolean next(List<Integer> choices, List<Integer> possibilities) {
		while (choices.size() < possibilities.size()) {
			choices.add(0);
		}
		for (int i = possibilities.size() - 1; i >= 0; i--) {
			if (choices.get(i) + 1 < possibilities.get(i)) {
				choices.set(i, choices.get(i) + 1);
				choices.subList(i + 1, choices.size()).clear();
				return true;
			}
		}
		return false;
	}

}
