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
 * Measures two applications that run in this process on one database: one as it comes,
 * and one that books one by one.
 */
final class Bench {

	/** Longer than any run takes. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final BenchSettings settings;

	private final ApplicationContext grouped;

	private final ApplicationContext plain;

	private final PrintWriter progress;

	/**
	 * @param grouped an application that was {@linkplain #equip equipped} and has a web
	 * server on this machine
	 * @param plain another one like it, which books one by one
	 * @param progress where to say what is going on
	 */
	public Bench(BenchSettings settings, ApplicationContext grouped, ApplicationContext plain, PrintWriter progress) {
		this.settings = settings;
		this.grouped = grouped;
		this.plain = plain;
		this.progress = progress;
	}

	/**
	 * Adds to an application that is not started yet what it is measured by.
	 */
	public static void equip(GenericApplicationContext context) {
		context.registerBean(CommandCounter.class);
		context.registerBean("benchRoute", RouterFunction.class, EmptyHandler::route);
		ownEventLoops(context);
	}

	/**
	 * By default all of a process share their event loops, and the first application that
	 * is closed ends them for the others.
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
	 * Takes minutes.
	 * @throws UnexplainedHistoryException when the answers of any run are not known to be
	 * true
	 */
	public Score run() {
		try (Generator generator = new Generator()) {
			Workloads workloads = new Workloads(generator, this.settings);
			Service first = Service.of(this.grouped);
			Service second = Service.of(this.plain);
			Platform platform = finish(Platform.of(this.grouped, first));
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
			Steps steps = new Steps(
					this.settings.warmUpRounds() * warmUp.size() + rows.size() * this.settings.pairs() * 2,
					this.progress);
			for (int round = 0; round < this.settings.warmUpRounds(); round++) {
				warmUp.forEach((run) -> measure("warm-up", run, steps));
			}
			List<Result> results = rows.stream().map((row) -> measure(row, steps)).toList();
			return new Score(platform, this.settings, results, finish(big.close(rows)));
		}
	}

	private Result measure(Row row, Steps steps) {
		return new Pairs(this.settings.pairs(),
				(candidate) -> measure(row.name() + ", " + candidate.name(), candidate.run(), steps))
			.of(row);
	}

	private static Run measure(String what, Mono<Run> run, Steps steps) {
		steps.next(what);
		return finish(run);
	}

	private static <T> T finish(Mono<T> work) {
		try {
			return work
				.timeout(PATIENCE, Mono.error(() -> new IllegalStateException("a run took longer than " + PATIENCE)))
				.toFuture()
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
