package dev.lastseat.bench;

import java.util.LinkedHashMap;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

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

	private final RouteLoads routes;

	private final Streams streams;

	private final Standings standings;

	private final FreshProcess fresh;

	private final Services services;

	/** The candidates of several rows. */
	private final Map<String, Candidate> shared = new LinkedHashMap<>();

	Rows(Workloads workloads, RouteLoads routes, Streams streams, Standings standings, FreshProcess fresh,
			Services services) {
		this.workloads = workloads;
		this.routes = routes;
		this.streams = streams;
		this.standings = standings;
		this.fresh = fresh;
		this.services = services;
	}

	/**
	 * The rows by their names, in their order. Building a row starts the processes that
	 * it needs.
	 */
	Map<String, Supplier<Row>> all() {
		Map<String, Supplier<Row>> rows = new LinkedHashMap<>();
		rows.put("refusal", () -> post("refusal", "refusal by a sold-out event", 0.5, this.routes::soldOut));
		rows.put("booking", () -> post("booking", "booking of a hot event", 0.4, this.routes::booking));
		rows.put("status", () -> get("status", "status of one event", this.routes::status));
		rows.put("event", () -> get("event", "one event", this.routes::event));
		rows.put("registration", () -> get("registration", "one registration", this.routes::registration));
		rows.put("journal", () -> rate("journal", "booking of a hot event with a journal", 0.9, booking(),
				Candidate.warming("without", this.routes.booking(this.services.withoutJournal()))));
		rows.put("quiet",
				() -> rate("quiet", "many quiet events", 0.5,
						Candidate.warming("HTTP", this.workloads.quiet(this.services.batched())),
						Candidate.warming("bare driver", this.workloads.bareDriver(this.services.batched()))));
		rows.put("storm",
				() -> new Row("storm", "quiet events beside a storm, p99", Goal.atMost(2), Measure.P99,
						new Candidate("storm", this.workloads.besideStorm(this.services.batched())),
						new Candidate("calm", this.workloads.calm(this.services.batched()))));
		rows.put("streams-heap", () -> new Row("streams-heap", "heap of each of 5,000 streams", Goal.atMost(10),
				Measure.HEAP, new Candidate("streams", this.streams.heap(this.services.batched())), null));
		rows.put("streams-p99", () -> new Row("streams-p99", "delivery to 5,000 streams, p99", Goal.atMost(250),
				Measure.P99, new Candidate("streams", this.streams.delivery(this.services.batched())), null));
		rows.put(BenchSettings.STANDINGS,
				() -> new Row(BenchSettings.STANDINGS, "positions to 10,000 standing streams, p99", null, Measure.P99,
						new Candidate("streams", this.standings.delivery(this.services.batched())), null));
		rows.put("watched", () -> rate("watched", "booking beside polls and streams", null,
				new Candidate("beside", this.streams.beside(this.services.batched(), RouteLoads.CLIENTS)), booking()));
		rows.put("hot-16", () -> hot("hot-16", 16, null));
		rows.put("hot-64", () -> hot("hot-64", 64, null));
		rows.put("hot-256", () -> hot("hot-256", Workloads.MAX_CLIENTS, this.services.isEmbedded() ? 4.0 : 50.0));
		rows.put("sale",
				() -> rate("sale", "a complete sale, 5 requests a seat", null,
						new Candidate(BATCHED, this.workloads.sale(this.services.batched())),
						new Candidate(SINGLE, this.workloads.sale(this.services.single()))));
		rows.put("alone",
				() -> new Row("alone", "a single client, p50", Goal.atMost(1.03), Measure.P50,
						new Candidate(BATCHED, this.workloads.alone(this.services.batched())),
						new Candidate(SINGLE, this.workloads.alone(this.services.single()))));
		rows.put("duplicates",
				() -> rate("duplicates", "duplicates among the requests", 0.8,
						new Candidate("10 %", this.workloads.withDuplicates(this.services.batched(), true)),
						new Candidate("none", this.workloads.withDuplicates(this.services.batched(), false))));
		rows.put("goodput", this::goodput);
		rows.put("warm",
				() -> new Row("warm", "first 10 s of a process", Goal.atLeast(0.6), Measure.RATE,
						new Candidate("first 10 s", this.fresh.cold()),
						new Candidate("a minute later", this.fresh.warm()), Row.Order.ONE_LEADS_TO_OTHER));
		return rows;
	}

	private Row post(String name, String what, double atLeast, Function<Service, Mono<Run>> run) {
		return rate(name, what, atLeast, shared(name, () -> run.apply(this.services.batched())),
				shared("bare route", () -> this.routes.barePosts(this.services.bare())));
	}

	private Row get(String name, String what, Function<Service, Mono<Run>> run) {
		return rate(name, what, 0.4, shared(name, () -> run.apply(this.services.batched())),
				shared("bare route, GET", () -> this.routes.bareGets(this.services.bare())));
	}

	private Candidate booking() {
		return shared("booking", () -> this.routes.booking(this.services.batched()));
	}

	private Candidate shared(String name, Supplier<Mono<Run>> run) {
		return this.shared.computeIfAbsent(name, (absent) -> Candidate.warming(name, run.get()));
	}

	private Row hot(String name, int clients, @Nullable Double atLeast) {
		return rate(name, "one hot event, " + clients + " clients", atLeast,
				new Candidate(BATCHED, this.workloads.hot(this.services.batched(), clients),
						clients == Workloads.MAX_CLIENTS),
				new Candidate(SINGLE, this.workloads.hot(this.services.single(), clients),
						clients == Workloads.MAX_CLIENTS));
	}

	private static Row rate(String name, String what, @Nullable Double atLeast, Candidate first, Candidate second) {
		return new Row(name, what, (atLeast != null) ? Goal.atLeast(atLeast) : null, Measure.RATE, first, second);
	}

	/**
	 * Saturation is the highest rate of a closed loop. It is the maximum of several runs
	 * that are made before all pairs. A single run that is disturbed would give a value
	 * that is too low, and three times that value would not be an overload.
	 */
	private Row goodput() {
		Service batched = this.services.batched();
		Mono<Double> saturation = this.workloads.storm(batched)
			.repeat(SATURATION_RUNS - 1)
			.map(Run::rate)
			.reduce(Math::max)
			.cache();
		return new Row("goodput", "goodput beyond saturation", Goal.atLeast(0.85), Measure.GOODPUT,
				new Candidate(OVERLOAD + " times",
						saturation.flatMap((rate) -> this.workloads.hotOpenLoop(batched, OVERLOAD * rate))),
				new Candidate("saturation", saturation.flatMap((rate) -> this.workloads.hotOpenLoop(batched, rate))));
	}

}
