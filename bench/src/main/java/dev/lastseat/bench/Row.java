package dev.lastseat.bench;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A comparison of two candidates: the ratio of the first's value to the second's. A row
 * without a second candidate has values instead of ratios.
 *
 * @param name a short name, for {@code --only}
 * @param what a description, for the report
 * @param goal the goal of the ratio or value; null for none
 * @param order the order of the runs
 */
record Row(String name, String what, @Nullable Goal goal, Measure measure, Candidate first, @Nullable Candidate second,
		Order order) {

	Row(String name, String what, @Nullable Goal goal, Measure measure, Candidate first, @Nullable Candidate second) {
		this(name, what, goal, measure, first, second, Order.ALTERNATING);
	}

	/** The order of the runs of a row. */
	enum Order {

		/** A B, B A, A B and so on. */
		ALTERNATING,

		/** A B, A B: the first leads to the second. There are few of these pairs. */
		ONE_LEADS_TO_OTHER

	}

	/** Its candidates. */
	List<Candidate> candidates() {
		return Stream.of(this.first, this.second).filter((candidate) -> candidate != null).toList();
	}

	/** The number of pairs. */
	int pairs(BenchSettings settings) {
		return (this.order == Order.ALTERNATING) ? settings.pairs() : settings.starts();
	}

	/** The number of runs. */
	int runs(BenchSettings settings) {
		return pairs(settings) * candidates().size();
	}

}
