package dev.lastseat.stress.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import reactor.core.publisher.Mono;

/**
 * Measures two applications that run in this process on one database: one as it comes,
 * and one that books one by one.
 */
public final class Bench {

	/** Longer than any run takes. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final BenchSettings settings;

	private final ApplicationContext grouped;

	private final ApplicationContext plain;

	private final PrintWriter progress;

	/**
	 * @param grouped an application that was {@linkplain #equip equipped} and has a web
	 * server
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
	 * Adds to an application that is not started yet what measures it.
	 */
	public static void equip(GenericApplicationContext context) {
		context.registerBean(CommandCounter.class);
		context.registerBean("benchRoute", RouterFunction.class, EmptyHandler::route);
	}

	/**
	 * @throws UnexplainedHistoryException when the answers of any run are not known to be
	 * true
	 */
	public Score run() {
		try (Generator generator = new Generator()) {
			Service grouped = Service.of(this.grouped);
			Service plain = Service.of(this.plain);
			Workloads workloads = new Workloads(generator, this.settings);
			List<Row> wanted = new Rows(workloads, grouped, plain).of(this.settings.quick(), true)
				.stream()
				.filter((row) -> this.settings.includes(row.name()))
				.toList();
			Steps steps = new Steps(wanted.size() * this.settings.pairs() * 2, this.progress);
			return new Score(wanted.stream().map((row) -> new Pairs(this.settings.pairs(), (candidate) -> {
				steps.next(row.name() + " " + candidate.name());
				return finish(candidate.run());
			}).of(row)).toList());
		}
	}

	private static Run finish(Mono<Run> run) {
		try {
			return run
				.timeout(PATIENCE, Mono.error(() -> new IllegalStateException("a run took more than " + PATIENCE)))
				.toFuture()
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
