package dev.lastseat.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The definition of linearizability, for small histories: tries every sequence of the
 * operations that respects the order of time, and lets holds expire at every moment. It
 * shares no code with the checks, and has no cache and no shortcut.
 */
final class BruteForceSearch {

	private final History history;

	private final Sale sale;

	private final List<Operation> operations;

	private final boolean[] linearized;

	private BruteForceSearch(History history) {
		this.history = history;
		this.sale = history.sale();
		this.operations = history.operations();
		this.linearized = new boolean[this.operations.size()];
	}

	static boolean explains(History history) {
		return new BruteForceSearch(history)
			.explore(new State(history.capacity(), List.of(), Map.of(), Long.MIN_VALUE));
	}

	private boolean explore(State state) {
		if (isEnd(state)) {
			return true;
		}
		for (UserId user : state.holds.keySet()) {
			State expired = state.without(user).notBefore(state.holds.get(user).earliest - this.sale.tolerance());
			if (explore(expired)) {
				return true;
			}
		}
		for (int next = 0; next < this.linearized.length; next++) {
			Operation operation = this.operations.get(next);
			if (!this.linearized[next] && isAllowed(operation)) {
				this.linearized[next] = true;
				boolean explained = effects(operation, state.notBefore(operation.invoked())).stream()
					.filter((after) -> after.time <= operation.responded())
					.anyMatch(this::explore);
				this.linearized[next] = false;
				if (explained) {
					return true;
				}
			}
		}
		return false;
	}

	private boolean isEnd(State state) {
		for (int i = 0; i < this.linearized.length; i++) {
			Answer answer = this.operations.get(i).answer();
			if (!this.linearized[i] && answer != Answer.UNKNOWN && answer != Answer.NOTHING_CHANGED) {
				return false;
			}
		}
		Ledger ledger = this.history.ledger();
		return ledger == null || (ledger.capacity() == state.capacity && state.registered.equals(ledger.registrations())
				&& state.registered.size() == ledger.ticketsSold() && state.holds.size() == ledger.held()
				&& state.holds.keySet().equals(ledger.holds().stream().map(Hold::user).collect(Collectors.toSet()))
				&& state.time <= this.history.readAt());
	}

	private boolean isAllowed(Operation next) {
		if (next.answer() == Answer.NOTHING_CHANGED) {
			return false;
		}
		for (int i = 0; i < this.linearized.length; i++) {
			if (!this.linearized[i] && this.operations.get(i).answer() != Answer.NOTHING_CHANGED
					&& this.operations.get(i).responded() < next.invoked()) {
				return false;
			}
		}
		return true;
	}

	/** The states to which an operation leads if its answer is true. */
	private List<State> effects(Operation operation, State state) {
		return switch (operation.action()) {
			case CANCEL -> cancel(operation, state);
			case RESIZE -> resize(operation, state);
			case RELEASE_HOLD -> releaseHold(operation, state);
			case BOOK, BOOK_PARTY -> book(operation, state);
			case HOLD, HOLD_PARTY -> hold(operation, state);
			case JOIN, LEAVE -> throw new IllegalStateException("this search knows no waiting list");
		};
	}

	private static boolean says(Operation operation, Answer... answers) {
		return operation.answer() == Answer.UNKNOWN || List.of(answers).contains(operation.answer());
	}

	private static List<State> cancel(Operation operation, State state) {
		UserId user = operation.user();
		if (!state.registered.contains(user)) {
			return says(operation, Answer.NOT_REGISTERED) ? List.of(state) : List.of();
		}
		List<UserId> fewer = new ArrayList<>(state.registered);
		fewer.remove(user);
		return says(operation, Answer.RELEASED) ? List.of(new State(state.capacity, fewer, state.holds, state.time))
				: List.of();
	}

	private List<State> resize(Operation operation, State state) {
		List<State> states = new ArrayList<>();
		if (says(operation, Answer.CHANGED) && state.registered.size() + state.holds.size() <= operation.capacity()) {
			states.add(new State(operation.capacity(), state.registered, state.holds, state.time));
		}
		if (operation.answer() == Answer.CAPACITY_BELOW_SOLD
				&& state.registered.size() + counted(state, operation) > operation.capacity()) {
			states.add(state);
		}
		return states;
	}

	private static List<State> releaseHold(Operation operation, State state) {
		boolean held = state.holds.containsKey(operation.user());
		return says(operation, held ? Answer.HOLD_RELEASED : Answer.NOT_HELD)
				? List.of(held ? state.without(operation.user()) : state) : List.of();
	}

	private List<State> book(Operation operation, State state) {
		List<UserId> before = operation.users().stream().filter(state.registered::contains).toList();
		List<UserId> takers = operation.users()
			.stream()
			.filter((user) -> !before.contains(user) && !state.holds.containsKey(user))
			.toList();
		if (before.size() == operation.users().size()) {
			return says(operation, Answer.ALREADY_REGISTERED) || isNotOpen(operation) ? List.of(state) : List.of();
		}
		if (!operation.answer().changes() && operation.answer() != Answer.UNKNOWN) {
			return refusal(operation, state, takers.size(), !takers.isEmpty());
		}
		List<UserId> claimed = operation.details().before();
		boolean party = operation.action() == Action.BOOK_PARTY && operation.answer() != Answer.UNKNOWN;
		if ((party && !Set.copyOf(claimed).equals(Set.copyOf(before)))
				|| (operation.answer() == Answer.CONFIRMED && !takers.isEmpty()) || takers.size() > state.free()
				|| (!takers.isEmpty() && !mayBeOpen(operation))) {
			return List.of();
		}
		State booked = takers.isEmpty() ? state : state.notBefore(opening());
		for (UserId user : operation.users()) {
			booked = before.contains(user) ? booked : booked.with(user);
		}
		return List.of(booked);
	}

	private List<State> hold(Operation operation, State state) {
		boolean registered = operation.users().stream().anyMatch(state.registered::contains);
		if (registered) {
			return says(operation, Answer.ALREADY_REGISTERED) || isNotOpen(operation) ? List.of(state) : List.of();
		}
		int takers = (int) operation.users().stream().filter((user) -> !state.holds.containsKey(user)).count();
		List<State> states = new ArrayList<>();
		if (operation.answer() == Answer.ALREADY_HELD && takers == 0
				&& operation.users().stream().allMatch((user) -> isKept(operation, state, user))) {
			states.add(state);
		}
		if (says(operation, Answer.HELD) && takers <= state.free() && mayBeOpen(operation)) {
			addHolds(operation, 0, state.notBefore(opening()), states);
		}
		if (!says(operation, Answer.HELD, Answer.ALREADY_HELD)) {
			states.addAll(refusal(operation, state, takers, takers > 0));
			if (operation.answer() == Answer.CLOSED && takers == 0 && mayBeClosed(operation)) {
				operation.users()
					.forEach((user) -> states
						.add(state.notBefore(state.holds.get(user).earliest - this.sale.tolerance())));
			}
		}
		return states;
	}

	private void addHolds(Operation operation, int index, State state, List<State> states) {
		if (index == operation.users().size()) {
			states.add(state);
			return;
		}
		UserId user = operation.users().get(index);
		boolean unknown = operation.answer() == Answer.UNKNOWN;
		boolean before = operation.details().before().contains(user);
		End had = state.holds.get(user);
		if (had != null && (unknown || before) && isKept(operation, state, user)) {
			addHolds(operation, index + 1, state, states);
		}
		if (before) {
			return;
		}
		Long until = operation.details().holds().get(user);
		long made = (until != null) ? until - this.sale.holdLength() : operation.invoked() - this.sale.tolerance();
		if (until != null && (made < operation.invoked() - this.sale.tolerance()
				|| made > operation.responded() + this.sale.tolerance())) {
			return;
		}
		State renewed = (had != null) ? state.notBefore(had.earliest - this.sale.tolerance()) : state;
		addHolds(operation, index + 1, renewed.with(user, new End(until, made + this.sale.holdLength())), states);
	}

	/** Whether the user keeps the hold that the answer names. */
	private boolean isKept(Operation operation, State state, UserId user) {
		End end = state.holds.get(user);
		Long named = operation.details().holds().get(user);
		return end.until == null || ((named == null || named.equals(end.until))
				&& operation.invoked() <= end.until + this.sale.tolerance());
	}

	private List<State> refusal(Operation operation, State state, int takers, boolean needsSale) {
		return switch (operation.answer()) {
			case NOT_OPEN -> isNotOpen(operation) ? List.of(state) : List.of();
			case CLOSED -> (needsSale && mayBeClosed(operation)) ? List.of(state) : List.of();
			case SOLD_OUT -> (mayBeOpen(operation) && opening() <= operation.responded())
					? soldOut(operation, state, takers) : List.of();
			default -> List.of();
		};
	}

	private List<State> soldOut(Operation operation, State state, int takers) {
		int fewest = state.capacity - state.registered.size() - counted(state, operation);
		Integer remaining = operation.details().remaining();
		if (takers <= fewest || (remaining != null && (remaining >= takers || remaining < fewest))) {
			return List.of();
		}
		if (remaining == null || remaining <= state.free()) {
			return List.of(state);
		}
		List<Long> expiries = state.holds.entrySet()
			.stream()
			.filter((hold) -> !operation.users().contains(hold.getKey()))
			.map((hold) -> hold.getValue().earliest - this.sale.tolerance())
			.sorted()
			.toList();
		int needed = remaining - state.free();
		return (needed > expiries.size()) ? List.of() : List.of(state.notBefore(expiries.get(needed - 1)));
	}

	/** Holds that a request of this moment may count. */
	private int counted(State state, Operation operation) {
		return (int) state.holds.entrySet()
			.stream()
			.filter((hold) -> operation.users().contains(hold.getKey()) || hold.getValue().until == null
					|| operation.invoked() <= hold.getValue().until + this.sale.tolerance())
			.count();
	}

	private boolean isNotOpen(Operation operation) {
		return operation.answer() == Answer.NOT_OPEN && this.sale.opensAt() != Sale.ALWAYS
				&& operation.invoked() <= this.sale.opensAt() + this.sale.tolerance();
	}

	private boolean mayBeClosed(Operation operation) {
		return this.sale.closesAt() != Operation.NEVER
				&& operation.responded() >= this.sale.closesAt() - this.sale.tolerance();
	}

	private boolean mayBeOpen(Operation operation) {
		return this.sale.closesAt() == Operation.NEVER
				|| operation.invoked() <= this.sale.closesAt() + this.sale.tolerance();
	}

	private long opening() {
		return (this.sale.opensAt() == Sale.ALWAYS) ? Long.MIN_VALUE : this.sale.opensAt() - this.sale.tolerance();
	}

	/** The end of a hold, or its earliest end when the end is not known. */
	private record End(@Nullable Long until, long earliest) {
	}

	/**
	 * @param time a moment before which the state cannot have been reached
	 */
	private record State(int capacity, List<UserId> registered, Map<UserId, End> holds, long time) {

		int free() {
			return this.capacity - this.registered.size() - this.holds.size();
		}

		State notBefore(long moment) {
			return new State(this.capacity, this.registered, this.holds, Math.max(this.time, moment));
		}

		State without(UserId user) {
			Map<UserId, End> fewer = new HashMap<>(this.holds);
			fewer.remove(user);
			return new State(this.capacity, this.registered, fewer, this.time);
		}

		State with(UserId user, End end) {
			Map<UserId, End> more = new HashMap<>(this.holds);
			more.put(user, end);
			return new State(this.capacity, this.registered, more, this.time);
		}

		State with(UserId user) {
			List<UserId> more = new ArrayList<>(this.registered);
			more.add(user);
			return new State(this.capacity, more, without(user).holds, this.time);
		}

	}

}
