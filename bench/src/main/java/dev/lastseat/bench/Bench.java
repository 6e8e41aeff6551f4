package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * Measures the service and a bare route, each in a process of its own.
 */
final class Bench {

	/** The time limit of one run: longer than any run takes. */
	private static final Duration RUN_TIMEOUT = Duration.ofMinutes(5);

	private final BenchSettings settings;

	private final Services services;

	private final PrintWriter progress;

	/**
	 * @param services the processes to measure
	 * @param progress receives the progress
	 */
	Bench(BenchSettings settings, Services services, PrintWriter progress) {
		this.settings = settings;
		this.services = services;
		this.progress = progress;
	}

	/**
	 * Runs the benchmark. Takes minutes.
	 * @throws UnexplainedHistoryException when the history of a run is not known to be
	 * linearizable
	 */
	Score run() {
		try (LoadGenerator generator = new LoadGenerator(); LoadGenerator storm = new LoadGenerator()) {
			Workloads workloads = new Workloads(generator, storm, this.settings);
			Platform platform = finish(Platform.of(this.services.batched(), this.services.jvmOptions()));
			BigRows big = new BigRows(this.services.batched(), this.settings, this.progress);
			CrowdedRows crowded = new CrowdedRows(this.services.batched(), this.settings, this.progress);
			List<Row> rows = rows(generator, workloads, big, crowded);
			int rounds = new WarmUp(System::nanoTime, (candidate) -> finish(candidate.run()), this.progress,
					this.settings.counted() ? Duration.ZERO : WarmUp.MIN)
				.run(WarmUp.of(rows, bareRoute(generator, workloads)));
			RunProgress steps = new RunProgress(rows.stream().mapToInt((row) -> row.runs(this.settings)).sum(),
					this.progress);
			List<Result> results = rows.stream().map((row) -> measure(row, steps)).toList();
			finish(crowded.close(rows));
			return new Score(platform, this.settings, rounds, results, finish(big.close(rows)));
		}
	}

	/**
	 * Warms up the load generator for rows that start processes of their own. Otherwise
	 * its compilers would take CPU time from the first seconds of these processes.
	 */
	private Candidate bareRoute(LoadGenerator generator, Workloads workloads) {
		return new Candidate("load generator",
				Mono.defer(() -> new RouteLoads(generator, workloads).barePosts(this.services.bare())));
	}

	/** Builds the rows to measure, and so starts the processes that they need. */
	private List<Row> rows(LoadGenerator generator, Workloads workloads, BigRows big, CrowdedRows crowded) {
		Map<String, Supplier<Row>> rows = new LinkedHashMap<>(new Rows(workloads, new RouteLoads(generator, workloads),
				new Streams(generator, this.settings, workloads), new Standings(generator, this.settings),
				new FreshProcess(generator, this.settings, this.services), this.services)
			.all());
		rows.putAll(new HoldRows(new HoldLoads(generator, this.settings, this.progress),
				new HoldSale(generator, this.settings), this.services)
			.all());
		new CancellationRows(new Cancellations(generator, this.settings, workloads), this.services.batched()).all()
			.forEach((row) -> rows.put(row.name(), () -> row));
		big.all().forEach((row) -> rows.put(row.name(), () -> row));
		crowded.all().forEach((row) -> rows.put(row.name(), () -> row));
		return this.settings.rows().stream().map(rows::get).map(Supplier::get).toList();
	}

	private Result measure(Row row, RunProgress steps) {
		return new Pairs(this.settings, (candidate) -> {
			steps.next(row.name() + ", " + candidate.name());
			return finish(candidate.run());
		}).of(row);
	}

	private static <T> T finish(Mono<T> work) {
		try {
			return work
				.timeout(RUN_TIMEOUT,
						Mono.error(() -> new IllegalStateException("a run took longer than " + RUN_TIMEOUT)))
				.toFuture()
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
