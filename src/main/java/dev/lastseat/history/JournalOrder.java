package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Applies a journal, and finds the operation that made each entry.
 * <p>
 * The entries are the order in which operations took effect, so no search is needed. An
 * entry can belong to an operation if all operations that responded before its invocation
 * have their entries or were answered truly without a change, and if it did not respond
 * before the invocation of one that has an entry already. Of several such operations the
 * one that responds first gets the entry: if another choice leads to the end, this one
 * does too. That is not so for changes of the capacity and for parties. Then the caller
 * chooses, and tries the others as well. An answer without a change belongs to the first
 * state in which it is true after all operations that responded before its invocation.
 */
final class JournalOrder {

	private final History history;

	private final List<Change> journal;

	private final JournalTimeline timeline = new JournalTimeline();

	private final JournalState state;

	private final Map<UserId, List<Integer>> ofUser = new HashMap<>();

	private final List<Integer> resizes = new ArrayList<>();

	private final JournalAnswers answers;

	/** Operations that must have an entry and have none yet, by response. */
	private final TreeSet<Integer> expected = new TreeSet<>(byResponse());

	/** Operations answered without a change for which no state was found, by response. */
	private final TreeSet<Integer> unexplained = new TreeSet<>(byResponse());

	/** Those of them that may still wait for an entry of an operation before them. */
	private final PriorityQueue<Integer> later;

	/** The others. */
	private final TreeSet<Integer> due = new TreeSet<>(byResponse());

	/** Whether an operation has its entries. */
	private final boolean[] hasEntries;

	/** Which of several possible operations made an entry, for each ambiguous entry. */
	private final List<Integer> choices;

	/** The number of possible operations for each ambiguous entry. */
	private final List<Integer> possibilities = new ArrayList<>();

	private long latestInvocation = Long.MIN_VALUE;

	/**
	 * @param choices for each ambiguous entry; 0 for those beyond the end
	 */
	JournalOrder(History history, List<Change> journal, List<Integer> choices) {
		this.history = history;
		this.journal = journal;
		this.choices = choices;
		this.state = new JournalState(history.capacity(), history.sale());
		this.answers = new JournalAnswers(this.timeline, history.sale());
		this.hasEntries = new boolean[history.operations().size()];
		this.later = new PriorityQueue<>(Comparator.comparingLong((number) -> operation(number).invoked()));
		for (int number = 0; number < this.hasEntries.length; number++) {
			Answer answer = operation(number).answer();
			if (answer.changes() || answer == Answer.UNKNOWN) {
				addCandidate(number);
			}
			if (answer.changes()) {
				this.expected.add(number);
			}
			else if (answer != Answer.UNKNOWN && answer != Answer.NOTHING_CHANGED) {
				this.unexplained.add(number);
				this.later.add(number);
			}
		}
	}

	private Comparator<Integer> byResponse() {
		return Comparator.comparingLong((Integer number) -> operation(number).responded())
			.thenComparing(Comparator.naturalOrder());
	}

	private void addCandidate(int number) {
		if (operation(number).action() == Action.RESIZE) {
			this.resizes.add(number);
		}
		for (UserId user : operation(number).users()) {
			this.ofUser.computeIfAbsent(user, (key) -> new ArrayList<>()).add(number);
		}
	}

	private Operation operation(int number) {
		return this.history.operations().get(number);
	}

	List<Integer> possibilities() {
		return this.possibilities;
	}

	/**
	 * @return why the journal is impossible, or does not explain an answer; null when it
	 * is possible and explains all
	 */
	@Nullable String objection() {
		addState(null);
		while (this.timeline.last() < this.journal.size()) {
			String objection = next();
			if (objection != null) {
				return this.journal.get(Math.min(this.timeline.last(), this.journal.size() - 1)) + ": " + objection;
			}
		}
		if (!this.expected.isEmpty()) {
			return answered(this.expected.first()) + ", but the journal has no entry for it";
		}
		if (!this.unexplained.isEmpty()) {
			return answered(this.unexplained.first())
					+ ", which is true in no state between the operations before and after it";
		}
		Ledger ledger = this.history.ledger();
		return (ledger != null) ? this.state.difference(ledger) : null;
	}

	private String answered(int number) {
		Operation operation = operation(number);
		return operation.action() + " " + operation.subject() + " was answered " + operation.answer();
	}

	private void addState(@Nullable UserId user) {
		this.timeline.add(this.state, user);
		explain();
	}

	/** Finds the answers that are true in the last state. */
	private void explain() {
		long bound = this.expected.isEmpty() ? Operation.NEVER : operation(this.expected.first()).responded();
		while (!this.later.isEmpty() && operation(this.later.element()).invoked() <= bound) {
			this.due.add(this.later.remove());
		}
		for (int number : List.copyOf(this.due)) {
			Operation first = operation(this.unexplained.first());
			if (first.responded() >= operation(number).invoked()
					&& this.answers.permits(operation(number), this.timeline.last())) {
				this.due.remove(number);
				this.unexplained.remove(number);
			}
		}
	}

	private @Nullable String next() {
		int index = this.timeline.last();
		Change change = this.journal.get(index);
		if (change.seq() != index + 1) {
			return "it should have the position " + (index + 1);
		}
		if (change.op() == Op.EXPIRED || change.op() == Op.OFFERED) {
			return apply(change, 0);
		}
		List<Integer> candidates = ((change.op() == Op.CAPACITY_CHANGED) ? this.resizes
				: this.ofUser.getOrDefault(change.user(), List.of()))
			.stream()
			.filter((number) -> isPossible(number) && length(operation(number), index) > 0)
			.sorted(Comparator.comparingLong((Integer number) -> operation(number).responded())
				.thenComparing((number) -> length(operation(number), index)))
			.toList();
		if (candidates.isEmpty()) {
			return "no operation can have made this change at this position";
		}
		return apply(candidates.get(isAmbiguous(change, candidates) ? choice(candidates) : 0), index);
	}

	/**
	 * Whether the choice of an operation matters for later entries: operations that
	 * change the capacity differ, and one of a party can have entries of other users.
	 */
	private boolean isAmbiguous(Change change, List<Integer> candidates) {
		return candidates.size() > 1 && (change.op() == Op.CAPACITY_CHANGED
				|| candidates.stream().anyMatch((number) -> operation(number).action().isOfParty()));
	}

	private int choice(List<Integer> candidates) {
		int choice = (this.possibilities.size() < this.choices.size()) ? this.choices.get(this.possibilities.size())
				: 0;
		this.possibilities.add(candidates.size());
		return choice;
	}

	private boolean isPossible(int number) {
		return !this.hasEntries[number] && operation(number).responded() >= this.latestInvocation
				&& isNotAfter(this.expected, number) && isNotAfter(this.unexplained, number);
	}

	/** Whether none of the operations responded before the invocation of one. */
	private boolean isNotAfter(TreeSet<Integer> operations, int number) {
		return operations.isEmpty() || operation(number).invoked() <= operation(operations.first()).responded();
	}

	private @Nullable String apply(int number, int index) {
		Operation operation = operation(number);
		int length = length(operation, index);
		this.expected.remove(number);
		this.latestInvocation = Math.max(this.latestInvocation, operation.invoked());
		this.hasEntries[number] = true;
		for (int i = index; i < index + length; i++) {
			String objection = apply(this.journal.get(i), operation.capacity());
			if (objection != null) {
				return objection;
			}
		}
		return this.answers.objectionToPlace(operation, this.timeline.last());
	}

	private @Nullable String apply(Change change, int capacity) {
		String objection = this.state.apply(change, capacity);
		if (objection == null) {
			addState(change.user());
		}
		return objection;
	}

	/**
	 * The number of entries that an operation has made if it made the entry at an index;
	 * 0 if it cannot have made that.
	 */
	private int length(Operation operation, int index) {
		Change change = this.journal.get(index);
		boolean made = switch (operation.action()) {
			case BOOK ->
				change.op() == Op.CONFIRMED || (change.op() == Op.BOOKED && operation.answer() != Answer.CONFIRMED);
			case HOLD -> isHeld(operation, change);
			case CANCEL -> change.op() == Op.RELEASED;
			case RELEASE_HOLD -> change.op() == Op.HOLD_RELEASED || change.op() == Op.DECLINED;
			case JOIN -> change.op() == Op.JOINED;
			case LEAVE -> change.op() == Op.LEFT;
			case RESIZE -> change.op() == Op.CAPACITY_CHANGED;
			case BOOK_PARTY -> change.op() == Op.BOOKED || change.op() == Op.CONFIRMED;
			case HOLD_PARTY -> isHeld(operation, change);
		};
		return (made && operation.action().isOfParty()) ? lengthOfParty(operation, index) : (made ? 1 : 0);
	}

	private boolean isHeld(Operation operation, Change change) {
		Long until = operation.details().holds().get(change.user());
		return change.op() == Op.HELD && (until == null || until == change.at() + this.history.sale().holdLength());
	}

	/** The users that the write changes follow each other in the order of the request. */
	private int lengthOfParty(Operation operation, int index) {
		boolean books = operation.action() == Action.BOOK_PARTY;
		Set<UserId> before = books ? registered(operation) : new HashSet<>(operation.details().before());
		boolean known = operation.answer() != Answer.UNKNOWN;
		if (known && books && !before.equals(new HashSet<>(operation.details().before()))) {
			return 0;
		}
		int end = index;
		for (UserId user : operation.users()) {
			int renewed = (isOf(user, end, Op.EXPIRED) && isOf(user, end + 1, Op.HELD)) ? end + 1 : end;
			boolean changed = books ? (isOf(user, end, Op.BOOKED) || isOf(user, end, Op.CONFIRMED))
					: isOf(user, renewed, Op.HELD);
			if (before.contains(user) ? changed : (!changed && (books || known))) {
				return 0;
			}
			end = changed ? renewed + 1 : end;
		}
		return end - index;
	}

	private Set<UserId> registered(Operation operation) {
		Set<UserId> registered = new HashSet<>(operation.users());
		registered.removeIf((user) -> !this.state.isRegistered(user));
		return registered;
	}

	private boolean isOf(UserId user, int index, Op op) {
		return index < this.journal.size() && this.journal.get(index).op() == op
				&& user.equals(this.journal.get(index).user());
	}

}
