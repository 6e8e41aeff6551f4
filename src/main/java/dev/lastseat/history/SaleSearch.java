package dev.lastseat.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Searches for a sequential execution, in histories with holds, parties or a sale window.
 * The algorithm is that of Wing and Gong, with Lowe's cache of visited states.
 * <p>
 * It goes through the endpoints in the order of time, depth first. At the response of a
 * call that has not taken effect yet, it tries the call itself, then one more pending
 * call before it, then two, and so on. When it reaches an endpoint where nothing helps,
 * it goes back. So a history that has an explanation is usually checked in linear time,
 * with many pending calls too. A history that has none can take exponential time in the
 * number of calls that overlap or have an unknown outcome.
 */
final class SaleSearch {

	/** The maximum number of failed states in memory: some hundreds of megabytes. */
	private static final int MAX_IN_MEMORY = 1_000_000;

	private final History history;

	private final SaleTimeline timeline;

	private final SaleSpecification specification;

	private final SaleAnswers answers;

	private final List<Level> levels = new ArrayList<>();

	private int budget;

	private int failed;

	SaleSearch(History history, int budget) {
		this.history = history;
		this.timeline = new SaleTimeline(history);
		this.specification = new SaleSpecification(this.timeline, history);
		this.answers = new SaleAnswers(this.timeline, this.specification, history.sale());
		this.budget = budget;
	}

	/**
	 * @return whether an execution explains the answers and ends in the stored state, if
	 * that is known
	 * @throws SearchExhausted when the search reaches a limit
	 */
	boolean finds() {
		Ledger ledger = this.history.ledger();
		if (ledger != null && StoredState.objection(ledger) != null) {
			return false;
		}
		addLevels();
		Deque<Branch> path = new ArrayDeque<>();
		path.push(new Branch(0, SaleState.initial(this.history.capacity(), this.timeline.users())));
		while (!path.isEmpty()) {
			Branch branch = path.peek();
			SaleState next = branch.next();
			if (next == null) {
				path.pop();
				branch.fail();
			}
			else if (branch.level == this.levels.size() - 1) {
				return true;
			}
			else if (!this.levels.get(branch.level + 1).failed.contains(next)) {
				path.push(new Branch(branch.level + 1, next));
			}
		}
		return false;
	}

	/** A level for each endpoint at which something can change, and one for the end. */
	private void addLevels() {
		List<SaleCall> pending = new ArrayList<>();
		for (SaleTimeline.Endpoint endpoint : this.timeline.endpoints) {
			SaleCall call = endpoint.call();
			if (!endpoint.response()) {
				pending.add(call);
			}
			if (endpoint.response() || !call.mayChange()) {
				this.levels.add(new Level(endpoint.time(), endpoint.response() ? call : null, List.copyOf(pending)));
			}
			if (endpoint.response()) {
				pending.remove(call);
			}
		}
		this.levels.add(new Level(this.history.readAt(), null, List.copyOf(pending)));
	}

	/**
	 * @param response the call that responds; null at the invocation of a call that
	 * changes nothing, and at the end
	 * @param pending the calls that are pending
	 */
	private record Level(long time, @Nullable SaleCall response, List<SaleCall> pending, Set<SaleState> failed) {

		Level(long time, @Nullable SaleCall response, List<SaleCall> pending) {
			this(time, response, pending, new HashSet<>());
		}

	}

	/** The states after a level that can be reached from one state before it. */
	private final class Branch {

		private final int level;

		private final SaleState from;

		private final Level at;

		private final Deque<SaleState> open = new ArrayDeque<>();

		private final Set<SaleState> seen = new HashSet<>();

		Branch(int level, SaleState from) {
			this.level = level;
			this.from = from;
			this.at = SaleSearch.this.levels.get(level);
			add(from);
		}

		/**
		 * @return another state after this level; null when there is none
		 */
		@Nullable SaleState next() {
			while (!this.open.isEmpty()) {
				SaleState state = this.open.pop();
				if (--SaleSearch.this.budget < 0 || this.seen.size() + SaleSearch.this.failed > MAX_IN_MEMORY) {
					throw new SearchExhausted();
				}
				if (isDone(state)) {
					return state;
				}
				if (isAtEnd() || this.at.response != null) {
					addSteps(state);
				}
			}
			return null;
		}

		private boolean isAtEnd() {
			return this.level == SaleSearch.this.levels.size() - 1;
		}

		private boolean isDone(SaleState state) {
			if (isAtEnd()) {
				return SaleSearch.this.specification.isEnd(state, this.at.time);
			}
			return this.at.response == null || state.isLinearized(this.at.response);
		}

		private void addSteps(SaleState state) {
			SaleCall response = this.at.response;
			if (response != null && response.mayChange()) {
				SaleSearch.this.specification.apply(state, response, this.at.time).forEach(this::add);
			}
			for (SaleCall call : this.at.pending) {
				if (call != response && call.mayChange() && !state.isLinearized(call)
						&& (call.earlierDuplicate() == null || state.isLinearized(call.earlierDuplicate()))) {
					SaleSearch.this.specification.apply(state, call, this.at.time).forEach(this::add);
				}
			}
			SaleSearch.this.specification.withoutExpiredHolds(state, this.at.pending, this.at.time).forEach(this::add);
		}

		private void add(SaleState state) {
			SaleState added = withAnswers(state);
			if (this.seen.add(added)) {
				// The response itself first, then the states with fewest further calls.
				if (this.at.response != null && added.isLinearized(this.at.response)) {
					this.open.addFirst(added);
				}
				else {
					this.open.addLast(added);
				}
			}
		}

		/**
		 * Linearizes every call that changes nothing and whose answer is true. A later
		 * linearization point would not allow more executions.
		 */
		private SaleState withAnswers(SaleState state) {
			SaleState answered = state;
			for (SaleCall call : this.at.pending) {
				if (!call.mayChange() && !answered.isLinearized(call)
						&& SaleSearch.this.answers.permits(answered, call, this.at.time)) {
					answered = (answered == state) ? state.copy() : answered;
					answered.linearized.set(call.number());
				}
			}
			return answered;
		}

		void fail() {
			this.at.failed.add(this.from);
			SaleSearch.this.failed++;
		}

	}

}
