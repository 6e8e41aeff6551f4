package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

	/** Tried combinations of operations that changed the capacity. */
	private static final int MAX_CHOICES = 1_000;

	private final History history;

	private final JournalOrder order;

	private final JournalAnswers answers;

	private JournalCheck(History history, JournalOrder order) {
		this.history = history;
		this.order = order;
		this.answers = new JournalAnswers(order.timeline(), history.sale());
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
				objection = new JournalCheck(history, order).objection();
			}
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
	 * Entries do not tell the new capacity. So the operations that overlap are tried in
	 * turn.
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

	/**
	 * Gives each answer without a change the earliest state in which it is true, in the
	 * order of the responses.
	 */
	private @Nullable String objection() {
		List<Operation> operations = this.history.operations();
		TreeMap<Long, Integer> latestByInvocation = latestByInvocation(operations);
		TreeMap<Long, Integer> earliestByResponse = new TreeMap<>();
		List<Integer> byResponse = IntStream.range(0, operations.size())
			.boxed()
			.filter((number) -> operations.get(number).answer() != Answer.UNKNOWN
					&& operations.get(number).answer() != Answer.NOTHING_CHANGED)
			.sorted(Comparator.comparingLong((number) -> operations.get(number).responded()))
			.toList();
		for (int number : byResponse) {
			Operation operation = operations.get(number);
			int state = this.order.effect(number);
			if (!operation.answer().changes()) {
				int first = value(earliestByResponse.lowerEntry(operation.invoked()), 0);
				int last = value(latestByInvocation.higherEntry(operation.responded()), this.order.timeline().last());
				state = IntStream.rangeClosed(first, last)
					.filter((candidate) -> this.answers.permits(operation, candidate))
					.findFirst()
					.orElse(-1);
			}
			String objection = (state < 0)
					? operation.action() + " " + operation.subject() + " was answered " + operation.answer()
							+ ", which is true in no state between the operations before and after it"
					: this.answers.objectionToPlace(operation, state);
			if (objection != null) {
				return objection;
			}
			int earliest = state;
			earliestByResponse.merge(operation.responded(),
					Math.max(earliest, value(earliestByResponse.lastEntry(), 0)), Math::max);
		}
		return null;
	}

	/**
	 * For each invocation of an operation with an entry the latest state that an earlier
	 * operation can have seen.
	 */
	private TreeMap<Long, Integer> latestByInvocation(List<Operation> operations) {
		TreeMap<Long, Integer> latest = new TreeMap<>();
		for (int number = 0; number < operations.size(); number++) {
			if (this.order.effect(number) > 0) {
				latest.merge(operations.get(number).invoked(), this.order.effect(number) - 1, Math::min);
			}
		}
		int bound = this.order.timeline().last();
		for (Map.Entry<Long, Integer> entry : latest.descendingMap().entrySet()) {
			bound = Math.min(bound, entry.getValue());
			entry.setValue(bound);
		}
		return latest;
	}

	private static int value(Map.@Nullable Entry<Long, Integer> entry, int otherwise) {
		return (entry != null) ? entry.getValue() : otherwise;
	}

}
