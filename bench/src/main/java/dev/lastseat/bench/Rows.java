package dev.lastseat.bench;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The rows that are measured by default. */
final class Rows {

	private static final String BATCHED = "batched";

	private static final String SINGLE = "max-batch=1";

	/** The load of the goodput row, as a multiple of the saturation. */
	private static final int OVERLOAD = 3;

	private static final int SATURATION_RUNS = 3;

	private final Workloads workloads;

	private final Service batched;

	private final Service single;

	Rows(Workloads workloads, Service batched, Service single) {
		this.workloads = workloads;
		this.batched = batched;
		this.single = single;
	}

	/**
	 * @param embedded whether the database is the embedded engine, which has a different
	 * goal
	 */
	List<Row> all(boolean embedded) {
		return List.of(hot("hot-16", 16, null), hot("hot-64", 64, null),
				hot("hot-256", Workloads.MAX_CLIENTS, Goal.atLeast(embedded ? 4 : 50)),
				new Row("sale", "a complete sale, 5 requests a seat", null, Measure.RATE,
						new Candidate(BATCHED, this.workloads.sale(this.batched)),
						new Candidate(SINGLE, this.workloads.sale(this.single))),
				rate("quiet", "many quiet events", 0.5, new Candidate("HTTP", this.workloads.quiet(this.batched)),
						new Candidate("bare driver", this.workloads.bareDriver(this.batched))),
				rate("booking", "booking of a hot event", 0.7,
						new Candidate("booking", this.workloads.hot(this.batched, Workloads.MAX_CLIENTS)),
						emptyHandler()),
				rate("refusal", "refusal by a sold-out event", 0.9,
						new Candidate("refusal", this.workloads.soldOut(this.batched)), emptyHandler()),
				new Row("alone", "a single client, p50", Goal.atMost(1.03), Measure.P50,
						new Candidate(BATCHED, this.workloads.alone(this.batched)),
						new Candidate(SINGLE, this.workloads.alone(this.single))),
				rate("duplicates", "duplicates among the requests", 0.8,
						new Candidate("10 %", this.workloads.withDuplicates(this.batched, true)),
						new Candidate("none", this.workloads.withDuplicates(this.batched, false))),
				new Row("storm", "quiet events beside a storm, p99", Goal.atMost(3), Measure.P99,
						new Candidate("storm", this.workloads.besideStorm(this.batched)),
						new Candidate("calm", this.workloads.calm(this.batched))),
				goodput());
	}

	private Row hot(String name, int clients, @Nullable Goal goal) {
		return new Row(name, "one hot event, " + clients + " clients", goal, Measure.RATE,
				new Candidate(BATCHED, this.workloads.hot(this.batched, clients)),
				new Candidate(SINGLE, this.workloads.hot(this.single, clients)));
	}

	private static Row rate(String name, String what, double atLeast, Candidate first, Candidate second) {
		return new Row(name, what, Goal.atLeast(atLeast), Measure.RATE, first, second);
	}

	private Candidate emptyHandler() {
		return new Candidate("empty handler", this.workloads.empty(this.batched));
	}

	/**
	 * Saturation is the highest rate of a closed loop. It is the maximum of several runs
	 * that are made before all pairs. A single run that is disturbed would give a value
	 * that is too low, and three times that value would not be an overload.
	 */
	private Row goodput() {
		Mono<Double> saturation = this.workloads.storm(this.batched)
			.repeat(SATURATION_RUNS - 1)
			.map(Run::rate)
			.reduce(Math::max)
			.cache();
		return new Row("goodput", "goodput beyond saturation", Goal.atLeast(0.85), Measure.GOODPUT,
				new Candidate(OVERLOAD + " times",
						saturation.flatMap((rate) -> this.workloads.hotOpenLoop(this.batched, OVERLOAD * rate))),
				new Candidate("saturation",
						saturation.flatMap((rate) -> this.workloads.hotOpenLoop(this.batched, rate))));
	}

}
