package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.UserId;

/**
 * The definition itself, for small histories: tries every sequence of the operations that
 * the order of time allows, on an event that is a capacity and a list. No memory, no
 * shortcuts, nothing in common with the checks.
 */
final class EverySequence {

	private final History history;

	private final List<Operation> operations;

	private EverySequence(History history) {
		this.history = history;
		this.operations = history.operations();
	}

	static boolean explains(History history) {
		EverySequence all = new EverySequence(history);
		return all.goOn(new boolean[all.operations.size()], history.capacity(), new ArrayList<>());
	}

	private boolean goOn(boolean[] over, int capacity, List<UserId> registered) {
		if (isEnd(over, capacity, registered)) {
			return true;
		}
		for (int next = 0; next < over.length; next++) {
			if (!over[next] && isAllowed(next, over)) {
				over[next] = true;
				boolean explained = take(this.operations.get(next), over, capacity, registered);
				over[next] = false;
				if (explained) {
					return true;
				}
			}
		}
		return false;
	}

	private boolean isEnd(boolean[] over, int capacity, List<UserId> registered) {
		for (int i = 0; i < over.length; i++) {
			Answer answer = this.operations.get(i).answer();
			if (!over[i] && answer != Answer.UNKNOWN && answer != Answer.NOTHING_CHANGED) {
				return false;
			}
		}
		return this.history.ledger() == null || (this.history.ledger().capacity() == capacity
				&& registered.equals(this.history.ledger().registrations())
				&& registered.size() == this.history.ledger().ticketsSold());
	}

	private boolean isAllowed(int next, boolean[] over) {
		if (this.operations.get(next).answer() == Answer.NOTHING_CHANGED) {
			return false;
		}
		for (int i = 0; i < over.length; i++) {
			if (!over[i] && this.operations.get(i).answer() != Answer.NOTHING_CHANGED
					&& this.operations.get(i).responded() < this.operations.get(next).invoked()) {
				return false;
			}
		}
		return true;
	}

	private boolean take(Operation operation, boolean[] over, int capacity, List<UserId> registered) {
		boolean in = registered.contains(operation.user());
		boolean full = registered.size() >= capacity;
		Answer truth = switch (operation.action()) {
			case BOOK -> in ? Answer.ALREADY_REGISTERED : (full ? Answer.SOLD_OUT : Answer.BOOKED);
			case CANCEL -> in ? Answer.RELEASED : Answer.NOT_REGISTERED;
			case RESIZE -> (registered.size() > operation.capacity()) ? Answer.CAPACITY_BELOW_SOLD : Answer.CHANGED;
		};
		if (operation.answer() != truth && operation.answer() != Answer.UNKNOWN) {
			return false;
		}
		List<UserId> then = new ArrayList<>(registered);
		switch (truth) {
			case BOOKED -> then.add(operation.user());
			case RELEASED -> then.remove(operation.user());
			default -> {
			}
		}
		return goOn(over, (truth == Answer.CHANGED) ? operation.capacity() : capacity, then);
	}

}
