package dev.lastseat.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.lastseat.booking.Ledger;

/**
 * Searches for a sequential execution, in histories with all kinds of operations. The
 * algorithm is that of Wing and Gong, with Lowe's cache of visited configurations.
 * <p>
 * It processes the invocations and responses in the order of time. It keeps the frontier:
 * the set of configurations that an execution can have reached. Calls are linearized as
 * late as possible: at the response of a call, each configuration in which the call has
 * not taken effect is extended by pending calls until it has. A configuration where this
 * is not possible is dropped. No configuration is visited twice for one response. When no
 * call is pending, hardly more than one configuration remains. So the memory depends on
 * how many calls overlap and not on how many there are. A call with an unknown outcome
 * stays pending to the end.
 */
final class Search {

	/**
	 * The maximum number of configurations to visit: about a minute of work. Beyond it
	 * the search ends without a result.
	 */
	static final int BUDGET = 20_000_000;

	/**
	 * The maximum number of configurations in memory: some hundreds of megabytes.
	 */
	private static final int MAX_IN_MEMORY = 2_000_000;

	private final History history;

	private final PendingCalls pendingCalls;

	private Set<Configuration> frontier;

	private int budget;

	Search(History history, int budget) {
		this.history = history;
		this.pendingCalls = new PendingCalls(new SequentialSpecification(history.ledger() != null));
		this.frontier = Set.of(Configuration.initial(history.capacity()));
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
		for (Timeline.Endpoint endpoint : Timeline.of(this.history).endpoints) {
			if (endpoint.response()) {
				respond(endpoint.call());
			}
			else {
				invoke(endpoint.call());
			}
			if (this.frontier.isEmpty()) {
				return false;
			}
		}
		return ledger == null || canEndIn(ledger);
	}

	private void invoke(Call call) {
		this.pendingCalls.add(call);
		if (!call.mayChange()) {
			Set<Configuration> linearized = new HashSet<>();
			this.frontier.forEach((configuration) -> linearized.add(this.pendingCalls.linearizeReads(configuration)));
			this.frontier = linearized;
		}
	}

	private void respond(Call call) {
		Set<Configuration> explained = new HashSet<>();
		int slot = call.slot;
		explore((configuration) -> {
			boolean done = configuration.isLinearized(slot);
			if (done) {
				explained.add(configuration.remove(slot));
			}
			return done;
		});
		this.pendingCalls.remove(call);
		this.frontier = explained;
	}

	private boolean canEndIn(Ledger ledger) {
		Set<Configuration> ends = new HashSet<>();
		explore((configuration) -> {
			if (configuration.capacity() == ledger.capacity() && configuration.ticketsSold() == ledger.ticketsSold()
					&& configuration.storedPrefix() == ledger.registrations().size()) {
				ends.add(configuration);
			}
			return !ends.isEmpty();
		});
		return !ends.isEmpty();
	}

	/**
	 * Visits all configurations that can be reached from the frontier, each once.
	 * @param stop whether to go no further from a configuration
	 */
	private void explore(Predicate<Configuration> stop) {
		Set<Configuration> seen = new HashSet<>(this.frontier);
		Deque<Configuration> open = new ArrayDeque<>(this.frontier);
		while (!open.isEmpty()) {
			Configuration configuration = open.pop();
			this.budget--;
			if (stop.test(configuration)) {
				continue;
			}
			List<Configuration> steps = this.pendingCalls.steps(configuration);
			steps.stream().filter(seen::add).forEach(open::push);
			if (this.budget < 0 || seen.size() > MAX_IN_MEMORY) {
				throw new SearchExhausted();
			}
		}
	}

}
