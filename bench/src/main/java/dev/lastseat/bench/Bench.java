package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;

/**
 * Measures two instances of the service that run in this process on one database: one
 * with the default settings, and one that does not batch.
 */
final class Bench {

	/** The time limit of one run: longer than any run takes. */
	private static final Duration RUN_TIMEOUT = Duration.ofMinutes(5);

	private final BenchSettings settings;

	private final ApplicationContext batched;

	private final ApplicationContext single;

	private final PrintWriter progress;

	/**
	 * @param batched an instance that was {@linkplain #equip equipped} and has a web
	 * server on this machine
	 * @param single a second instance, with {@code max-batch=1}
	 * @param progress receives the progress
	 */
	public Bench(BenchSettings settings, ApplicationContext batched, ApplicationContext single, PrintWriter progress) {
		this.settings = settings;
		this.batched = batched;
		this.single = single;
		this.progress = progress;
	}

	/**
	 * Adds the beans that the measurement needs to an instance that is not started yet.
	 */
	public static void equip(GenericApplicationContext context) {
		context.registerBean(CommandCounter.class);
		context.registerBean("benchRoute", RouterFunction.class, EmptyHandler::route);
		ownEventLoops(context);
	}

	/**
	 * Gives an instance its own event loops. By default all instances in a process share
	 * them, and the first that is closed would end them for the others.
	 */
	private static void ownEventLoops(GenericApplicationContext context) {
		context.registerBean(ReactorResourceFactory.class, () -> {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		});
	}

	/**
	 * Runs the benchmark. Takes minutes.
	 * @throws UnexplainedHistoryException when the history of a run is not known to be
	 * linearizable
	 */
	public Score run() {
		try (LoadGenerator generator = new LoadGenerator()) {
			Workloads workloads = new Workloads(generator, this.settings);
			Service first = Service.of(this.batched);
			Service second = Service.of(this.single);
			Platform platform = finish(Platform.of(this.batched, first));
			BigRows big = new BigRows(first, this.settings, this.progress);
			CancellationRows cancellations = new CancellationRows(
					new Cancellations(generator, this.settings, workloads), first);
			List<Row> rows = Stream
				.of(new Rows(workloads, first, second).all(platform.embedded()), cancellations.all(), big.all())
				.flatMap(List::stream)
				.filter((row) -> this.settings.rows().contains(row.name()))
				.toList();
			List<Mono<Run>> warmUp = Stream.of(workloads.warmUp(first, second), cancellations.warmUp(rows))
				.flatMap(List::stream)
				.toList();
			RunProgress steps = new RunProgress(
					this.settings.warmUpRounds() * warmUp.size() + rows.size() * this.settings.pairs() * 2,
					this.progress);
			for (int round = 0; round < this.settings.warmUpRounds(); round++) {
				warmUp.forEach((run) -> measure("warm-up", run, steps));
			}
			List<Result> results = rows.stream().map((row) -> measure(row, steps)).toList();
			return new Score(platform, this.settings, results, finish(big.close(rows)));
		}
	}

	private Result measure(Row row, RunProgress steps) {
		return new Pairs(this.settings.pairs(),
				(candidate) -> measure(row.name() + ", " + candidate.name(), candidate.run(), steps))
			.of(row);
	}

	private static Run measure(String what, Mono<Run> run, RunProgress steps) {
		steps.next(what);
		return finish(run);
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
