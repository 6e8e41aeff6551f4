package dev.lastseat.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.lastseat.booking.Ledger;

/**
 * The search of Wing and Gong for a sequential execution, with the memory of Lowe, for
 * histories with everything in them.
 * <p>
 * It goes through the history once and keeps every configuration that an execution can be
 * in. Calls take effect as late as possible: when an answer comes, those configurations
 * in which its call has not taken effect go on, with any of the calls in flight, until it
 * has, and are dropped where it cannot. No configuration is looked at twice for one
 * answer. Where nothing is in flight hardly more than one remains, so what has to be
 * remembered depends on how many calls overlap, and not on how many there are. A call
 * with an unknown outcome stays in flight to the end.
 */
final class Search {

	/**
	 * Configurations looked at in all, a minute's work or so. Beyond that the search is
	 * given up.
	 */
	static final int BUDGET = 20_000_000;

	/** Configurations remembered at once, some hundreds of megabytes. */
	private static final int MEMORY = 2_000_000;

	private final History history;

	private final Flight flight;

	private Set<Configuration> frontier;

	private int budget;

	Search(History history, int budget) {
		this.history = history;
		this.flight = new Flight(new Rules(history.ledger() != null));
		this.frontier = Set.of(Configuration.initial(history.capacity()));
		this.budget = budget;
	}

	/**
	 * @return whether an execution explains the answers and ends in what is stored, if
	 * that is known
	 * @throws SearchExhausted when that cannot be told within the budget
	 */
	boolean finds() {
		Ledger ledger = this.history.ledger();
		if (ledger != null && StoredState.objection(ledger) != null) {
			return false;
		}
		for (Timeline.Moment moment : Timeline.of(this.history).moments) {
			if (moment.response()) {
				answer(moment.call());
			}
			else {
				invoke(moment.call());
			}
			if (this.frontier.isEmpty()) {
				return false;
			}
		}
		return ledger == null || endsIn(ledger);
	}

	private void invoke(Call call) {
		this.flight.begins(call);
		if (!call.mayChange()) {
			Set<Configuration> settled = new HashSet<>();
			this.frontier.forEach((configuration) -> settled.add(this.flight.settle(configuration)));
			this.frontier = settled;
		}
	}

	private void answer(Call call) {
		Set<Configuration> explained = new HashSet<>();
		int slot = call.slot;
		goOn((configuration) -> {
			boolean done = configuration.has(slot);
			if (done) {
				explained.add(configuration.without(slot));
			}
			return done;
		});
		this.flight.ends(call);
		this.frontier = explained;
	}

	private boolean endsIn(Ledger ledger) {
		Set<Configuration> ends = new HashSet<>();
		goOn((configuration) -> {
			if (configuration.capacity() == ledger.capacity() && configuration.sold() == ledger.ticketsSold()
					&& configuration.kept() == ledger.registrations().size()) {
				ends.add(configuration);
			}
			return !ends.isEmpty();
		});
		return !ends.isEmpty();
	}

	/**
	 * Goes on from every configuration of the frontier to all that can be reached.
	 * @param enough whether to go no further from a configuration; sees each once
	 */
	private void goOn(Predicate<Configuration> enough) {
		Set<Configuration> seen = new HashSet<>(this.frontier);
		Deque<Configuration> open = new ArrayDeque<>(this.frontier);
		while (!open.isEmpty()) {
			Configuration configuration = open.pop();
			this.budget--;
			if (enough.test(configuration)) {
				continue;
			}
			List<Configuration> steps = this.flight.steps(configuration);
			steps.stream().filter(seen::add).forEach(open::push);
			if (this.budget < 0 || seen.size() > MEMORY) {
				throw new SearchExhausted();
			}
		}
	}

}
