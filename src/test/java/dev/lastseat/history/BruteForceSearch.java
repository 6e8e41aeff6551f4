package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.UserId;

/**
 * The definition of linearizability, for small histories: tries every sequence of the
 * operations that respects the order of time. It shares no code with the checks, and has
 * no cache and no shortcut.
 */
final class BruteForceSearch {

	private final History history;

	private final List<Operation> operations;

	private BruteForceSearch(History history) {
		this.history = history;
		this.operations = history.operations();
	}

	static boolean explains(History history) {
		BruteForceSearch search = new BruteForceSearch(history);
		return search.explore(new boolean[search.operations.size()], history.capacity(), new ArrayList<>());
	}

	private boolean explore(boolean[] linearized, int capacity, List<UserId> registered) {
		if (isEnd(linearized, capacity, registered)) {
			return true;
		}
		for (int next = 0; next < linearized.length; next++) {
			if (!linearized[next] && isAllowed(next, linearized)) {
				linearized[next] = true;
				boolean explained = apply(this.operations.get(next), linearized, capacity, registered);
				linearized[next] = false;
				if (explained) {
					return true;
				}
			}
		}
		return false;
	}

	private boolean isEnd(boolean[] linearized, int capacity, List<UserId> registered) {
		for (int i = 0; i < linearized.length; i++) {
			Answer answer = this.operations.get(i).answer();
			if (!linearized[i] && answer != Answer.UNKNOWN && answer != Answer.NOTHING_CHANGED) {
				return false;
			}
		}
		return this.history.ledger() == null || (this.history.ledger().capacity() == capacity
				&& registered.equals(this.history.ledger().registrations())
				&& registered.size() == this.history.ledger().ticketsSold());
	}

	private boolean isAllowed(int next, boolean[] linearized) {
		if (this.operations.get(next).answer() == Answer.NOTHING_CHANGED) {
			return false;
		}
		for (int i = 0; i < linearized.length; i++) {
			if (!linearized[i] && this.operations.get(i).answer() != Answer.NOTHING_CHANGED
					&& this.operations.get(i).responded() < this.operations.get(next).invoked()) {
				return false;
			}
		}
		return true;
	}

	private boolean apply(Operation operation, boolean[] linearized, int capacity, List<UserId> registered) {
		boolean registeredBefore = registered.contains(operation.user());
		boolean full = registered.size() >= capacity;
		Answer correct = switch (operation.action()) {
			case BOOK -> registeredBefore ? Answer.ALREADY_REGISTERED : (full ? Answer.SOLD_OUT : Answer.BOOKED);
			case CANCEL -> registeredBefore ? Answer.RELEASED : Answer.NOT_REGISTERED;
			case RESIZE -> (registered.size() > operation.capacity()) ? Answer.CAPACITY_BELOW_SOLD : Answer.CHANGED;
		};
		if (operation.answer() != correct && operation.answer() != Answer.UNKNOWN) {
			return false;
		}
		List<UserId> registeredAfter = new ArrayList<>(registered);
		switch (correct) {
			case BOOKED -> registeredAfter.add(operation.user());
			case RELEASED -> registeredAfter.remove(operation.user());
			default -> {
			}
		}
		return explore(linearized, (correct == Answer.CHANGED) ? operation.capacity() : capacity, registeredAfter);
	}

}
