package dev.lastseat.stress.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * The table of comparisons.
 */
final class Rows {

	private final Workloads workloads;

	private final Service grouped;

	private final Service plain;

	private final boolean embedded;

	Rows(Workloads workloads, Service grouped, Service plain, boolean embedded) {
		this.workloads = workloads;
		this.grouped = grouped;
		this.plain = plain;
		this.embedded = embedded;
	}

	List<Row> all() {
		return Stream.of(16, 64, 256).map(this::hot).toList();
	}

	private Row hot(int clients) {
		Goal goal = (clients == 256) ? Goal.atLeast(this.embedded ? 4 : 50) : null;
		return new Row("hot-" + clients, "one hot event, " + clients + " clients", goal, Measure.RATE,
				new Candidate("grouped", this.workloads.hot(this.grouped, clients)),
				new Candidate("max-batch=1", this.workloads.hot(this.plain, clients)));
	}

}
