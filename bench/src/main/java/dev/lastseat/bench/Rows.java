package dev.lastseat.bench;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The table of comparisons.
 */
final class Rows {

	private static final String GROUPED = "grouped";

	private static final String PLAIN = "max-batch=1";

	/** What there is too much of, for the goodput. */
	private static final int TOO_MUCH = 3;

	private static final int SATURATION_RUNS = 3;

	private final Workloads workloads;

	private final Service grouped;

	private final Service plain;

	Rows(Workloads workloads, Service grouped, Service plain) {
		this.workloads = workloads;
		this.grouped = grouped;
		this.plain = plain;
	}

	/**
	 * @param embedded whether the database is the embedded engine, which has another goal
	 */
	List<Row> all(boolean embedded) {
		return List.of(hot("hot-16", 16, null), hot("hot-64", 64, null),
				hot("hot-256", Workloads.CROWD, Goal.atLeast(embedded ? 4 : 50)),
				new Row("sale", "a sale to the end, five a seat", null, Measure.RATE,
						new Candidate(GROUPED, this.workloads.sale(this.grouped)),
						new Candidate(PLAIN, this.workloads.sale(this.plain))),
				rate("quiet", "many quiet events", 0.5, new Candidate("HTTP", this.workloads.quiet(this.grouped)),
						new Candidate("bare driver", this.workloads.bareDriver(this.grouped))),
				rate("booking", "booking of a hot event", 0.7,
						new Candidate("booking", this.workloads.hot(this.grouped, Workloads.CROWD)), emptyHandler()),
				rate("refusal", "refusal of a sold-out event", 0.9,
						new Candidate("refusal", this.workloads.soldOut(this.grouped)), emptyHandler()),
				new Row("alone", "one client alone, p50", Goal.atMost(1.03), Measure.P50,
						new Candidate(GROUPED, this.workloads.alone(this.grouped)),
						new Candidate(PLAIN, this.workloads.alone(this.plain))),
				rate("duplicates", "duplicates among the requests", 0.8,
						new Candidate("10 %", this.workloads.withRegulars(this.grouped, true)),
						new Candidate("none", this.workloads.withRegulars(this.grouped, false))),
				new Row("storm", "quiet events beside a storm, p99", Goal.atMost(3), Measure.P99,
						new Candidate("storm", this.workloads.besideStorm(this.grouped)),
						new Candidate("calm", this.workloads.calm(this.grouped))),
				goodput());
	}

	private Row hot(String name, int clients, @Nullable Goal goal) {
		return new Row(name, "one hot event, " + clients + " clients", goal, Measure.RATE,
				new Candidate(GROUPED, this.workloads.hot(this.grouped, clients)),
				new Candidate(PLAIN, this.workloads.hot(this.plain, clients)));
	}

	private static Row rate(String name, String what, double atLeast, Candidate first, Candidate second) {
		return new Row(name, what, Goal.atLeast(atLeast), Measure.RATE, first, second);
	}

	private Candidate emptyHandler() {
		return new Candidate("empty handler", this.workloads.empty(this.grouped));
	}

	/**
	 * Saturation is the most that a crowd gets that waits for its answers, of a few runs
	 * before all pairs: what disturbs a single one would make it look like less, and
	 * three times that like too little.
	 */
	private Row goodput() {
		Mono<Double> saturation = this.workloads.storm(this.grouped)
			.repeat(SATURATION_RUNS - 1)
			.map(Run::rate)
			.reduce(Math::max)
			.cache();
		return new Row("goodput", "goodput beyond saturation", Goal.atLeast(0.85), Measure.GOODPUT,
				new Candidate(TOO_MUCH + " times",
						saturation.flatMap((rate) -> this.workloads.rush(this.grouped, TOO_MUCH * rate))),
				new Candidate("saturation", saturation.flatMap((rate) -> this.workloads.rush(this.grouped, rate))));
	}

}
