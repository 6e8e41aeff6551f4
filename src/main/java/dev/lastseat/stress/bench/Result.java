package dev.lastseat.stress.bench;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What came of a row.
 *
 * @param firsts the runs of the first candidate, in the order of the pairs
 * @param seconds those of the second
 */
record Result(Row row, List<Run> firsts, List<Run> seconds) {

	/** Of each pair by itself: what slows both down does not show. */
	Spread ratio() {
		return Spread.of(IntStream.range(0, this.firsts.size())
			.mapToDouble((pair) -> ratio(this.row.measure().of(this.firsts.get(pair)),
					this.row.measure().of(this.seconds.get(pair))))
			.toArray());
	}

	private double ratio(double first, double second) {
		if (second == 0) {
			throw new IllegalStateException(this.row.name() + ": " + this.row.second().name() + " decided nothing");
		}
		return first / second;
	}

	Spread first() {
		return figures(this.firsts);
	}

	Spread second() {
		return figures(this.seconds);
	}

	private Spread figures(List<Run> runs) {
		return Spread.of(runs.stream().mapToDouble(this.row.measure()::of).toArray());
	}

	/** Whether the goal is met; null where there is none. */
	@Nullable Boolean met() {
		return (this.row.goal() != null) ? this.row.goal().isMetBy(ratio().median()) : null;
	}

}
