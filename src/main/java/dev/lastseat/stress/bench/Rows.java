package dev.lastseat.stress.bench;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The table of comparisons.
 */
final class Rows {

	private static final String GROUPED = "grouped";

	private static final String PLAIN = "max-batch=1";

	private static final String EMPTY = "empty handler";

	/** What there is too much of, for the goodput. */
	private static final int TOO_MUCH = 3;

	private final Workloads workloads;

	private final Service grouped;

	private final Service plain;

	Rows(Workloads workloads, Service grouped, Service plain) {
		this.workloads = workloads;
		this.grouped = grouped;
		this.plain = plain;
	}

	/**
	 * @param quick leaves out the smaller crowds
	 * @param embedded whether the database is the embedded engine, which has another goal
	 */
	List<Row> of(boolean quick, boolean embedded) {
		List<Row> rows = new ArrayList<>();
		if (!quick) {
			rows.add(hot(16, null));
			rows.add(hot(64, null));
		}
		rows.add(hot(Workloads.CROWD, Goal.atLeast(embedded ? 4 : 50)));
		rows.add(rate("quiet", "many quiet events", 0.5, candidate("HTTP", this.workloads.quiet(this.grouped)),
				candidate("bare driver", this.workloads.bareDriver(this.grouped))));
		rows.add(rate("booking", "booking of a hot event", 0.7,
				candidate("booking", this.workloads.hot(this.grouped, Workloads.CROWD)), emptyHandler()));
		rows.add(rate("refusal", "refusal of a sold-out event", 0.9,
				candidate("refusal", this.workloads.soldOut(this.grouped)), emptyHandler()));
		rows.add(new Row("alone", "one client alone, p50", Goal.atMost(1.03), Measure.P50,
				candidate(GROUPED, this.workloads.alone(this.grouped)),
				candidate(PLAIN, this.workloads.alone(this.plain))));
		rows.add(rate("duplicates", "duplicates among the requests", 0.8,
				candidate("10 %", this.workloads.withRegulars(this.grouped, true)),
				candidate("none", this.workloads.withRegulars(this.grouped, false))));
		rows.add(new Row("storm", "quiet events beside a storm, p99", Goal.atMost(1.5), Measure.P99,
				candidate("storm", this.workloads.besideStorm(this.grouped)),
				candidate("calm", this.workloads.calm(this.grouped))));
		rows.add(goodput());
		return rows;
	}

	private Row hot(int clients, @Nullable Goal goal) {
		return new Row("hot-" + clients, "one hot event, " + clients + " clients", goal, Measure.RATE,
				candidate(GROUPED, this.workloads.hot(this.grouped, clients)),
				candidate(PLAIN, this.workloads.hot(this.plain, clients)));
	}

	private static Row rate(String name, String what, double atLeast, Candidate first, Candidate second) {
		return new Row(name, what, Goal.atLeast(atLeast), Measure.RATE, first, second);
	}

	private Candidate emptyHandler() {
		return candidate(EMPTY, this.workloads.empty(this.grouped));
	}

	/**
	 * Saturation is what a crowd gets that waits for its answers, measured once before
	 * all pairs.
	 */
	private Row goodput() {
		Mono<Double> saturation = this.workloads.hot(this.grouped, Workloads.CROWD).map(Run::rate).cache();
		return new Row("goodput", "goodput beyond saturation", Goal.atLeast(0.85), Measure.GOODPUT,
				candidate(TOO_MUCH + " times",
						saturation.flatMap((rate) -> this.workloads.rush(this.grouped, TOO_MUCH * rate))),
				candidate("saturation", saturation.flatMap((rate) -> this.workloads.rush(this.grouped, rate))));
	}

	private static Candidate candidate(String name, Mono<Run> run) {
		return new Candidate(name, run);
	}

}
