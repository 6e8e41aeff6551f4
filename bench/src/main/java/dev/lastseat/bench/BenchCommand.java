package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.lastseat.LastseatApplication;
import dev.lastseat.stress.CommandRunner;
import dev.lastseat.stress.CheckReport;
import dev.lastseat.stress.OptionBounds;
import dev.lastseat.stress.ServerOption;
import dev.lastseat.stress.ServiceLauncher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code bench/run}: starts the service twice in this process, once with the default
 * settings and once with {@code max-batch=1}, and measures pairs of runs over HTTP.
 */
@Command(name = "bench", sortOptions = false, header = "Measure the service: ratios of paired runs, each with a goal.",
		synopsisHeading = "%nUsage:%n", customSynopsis = "  bench/run [<option>...]",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "Rows: hot-16, hot-64, hot-256, sale, quiet, booking, refusal, alone,",
				"duplicates, storm, goodput. Only on request: with --only=cancel, bookings",
				"of a hot event beside 200 to 2,000 cancellations per second; with --only=big,",
				"big events of 1,000 to 1,000,000 registrations, which are filled first.", "",
				"The history of every run is checked for linearizability. If a check fails, there", "is no score.", "",
				"Exit code: 0 when all rows were measured, also when goals are missed, 1 when a",
				"history is not linearizable or a run fails, 2 on a wrong option." })
public final class BenchCommand implements Callable<Integer> {

	private static final int MAX_PAIRS = 100;

	private static final int MAX_REQUESTS = 1_000_000;

	/**
	 * Only this process connects. Slow requests are measured and must not time out.
	 */
	private static final List<String> PROPERTIES = List.of("--server.address=127.0.0.1", "--server.port=0",
			"--lastseat.security.mode=open", "--lastseat.web.request-timeout=60s",
			"--logging.level.dev.lastseat.security=ERROR");

	private static final String NO_BATCHES = "--lastseat.booking.max-batch=1";

	private final Class<?> application;

	@Spec
	private CommandSpec spec;

	@Option(names = "--quick", description = "shorter runs, without hot-16 and hot-64; takes a minute")
	private boolean quick;

	@Option(names = "--json", description = "print one JSON document instead of tables")
	private boolean json;

	@Option(names = "--only", paramLabel = "<name>", description = "measure only the rows whose names start with this")
	private @Nullable String only;

	@Option(names = "--pairs", paramLabel = "<n>",
			description = "pairs of runs of each row, 5 or more (6, with --quick 5)")
	private @Nullable Integer pairs;

	@Option(names = "--requests", paramLabel = "<n>", description = "requests of a run (4000, with --quick 512)")
	private @Nullable Integer requests;

	@Mixin
	private ServerOption server;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "show this help message and exit")
	private boolean help;

	/**
	 * @param application the Spring Boot application to measure
	 */
	BenchCommand(Class<?> application) {
		this.application = application;
	}

	public static void main(String[] args) {
		System.exit(CommandRunner.run(new CommandLine(new BenchCommand(LastseatApplication.class)), args));
	}

	@Override
	public Integer call() {
		BenchSettings settings = settings(new OptionBounds(this.spec));
		PrintWriter out = this.spec.commandLine().getOut();
		ServiceLauncher launcher = new ServiceLauncher(this.application);
		try (ConfigurableApplicationContext batched = launcher.start(WebApplicationType.REACTIVE, this.server.uri(),
				PROPERTIES, Bench::equip)) {
			List<String> withoutBatches = new ArrayList<>(PROPERTIES);
			withoutBatches.add(NO_BATCHES);
			try (ConfigurableApplicationContext single = launcher.startBeside(batched, WebApplicationType.REACTIVE,
					withoutBatches, Bench::equip)) {
				print(new Bench(settings, batched, single, this.spec.commandLine().getErr()).run(), out);
			}
			return ExitCode.OK;
		}
		catch (UnexplainedHistoryException ex) {
			CheckReport.print(ex.history(), ex.checkResult(), out);
			out.flush();
			return ExitCode.SOFTWARE;
		}
	}

	private void print(Score score, PrintWriter out) {
		if (this.json) {
			score.printJson(out);
		}
		else {
			score.print(out);
		}
	}

	private BenchSettings settings(OptionBounds bounds) {
		bounds.requireBetween("--pairs", this.pairs, BenchSettings.MIN_PAIRS, MAX_PAIRS);
		bounds.requireBetween("--requests", this.requests, 1, MAX_REQUESTS);
		BenchSettings settings = BenchSettings.of(this.only, this.quick, this.pairs, this.requests);
		if (settings.rows().isEmpty()) {
			throw bounds.invalid("--only", "no row name starts with " + this.only);
		}
		return settings;
	}

}
