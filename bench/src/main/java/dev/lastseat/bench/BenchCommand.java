package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.lastseat.LastseatApplication;
import dev.lastseat.stress.CommandRunner;
import dev.lastseat.stress.JudgementReport;
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
 * {@code bench}: starts the service twice in this process, as it comes and with every
 * booking by itself, and measures pairs of runs over HTTP.
 */
@Command(name = "bench", sortOptions = false, header = "Measure the service, as ratios with a goal for each.",
		synopsisHeading = "%nUsage:%n", customSynopsis = "  bench/run [<option>...]",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "Rows: hot-16, hot-64, hot-256, sale, quiet, booking, refusal, alone,",
				"duplicates, storm, goodput. Only when asked for: by --only=cancel, bookings",
				"of a hot event beside 200 to 2,000 cancellations per second; by --only=big,",
				"big events of 1,000 to 1,000,000 registrations, which are filled first.", "",
				"Every run ends in the judgement of its history; where one is not explained,", "there is no score.", "",
				"Exit code: 0 when all was measured, whether goals are met or missed, 1 when a",
				"history is not explained or a run fails, 2 on a wrong option." })
public final class BenchCommand implements Callable<Integer> {

	private static final int MAX_PAIRS = 100;

	private static final int MAX_REQUESTS = 1_000_000;

	/**
	 * Nobody but this process connects. What is slow is measured, and not cut off.
	 */
	private static final List<String> PROPERTIES = List.of("--server.address=127.0.0.1", "--server.port=0",
			"--lastseat.security.mode=open", "--lastseat.web.request-timeout=60s",
			"--logging.level.dev.lastseat.security=ERROR");

	private static final String ONE_BY_ONE = "--lastseat.booking.max-batch=1";

	private final Class<?> application;

	@Spec
	private CommandSpec spec;

	@Option(names = "--quick", description = "smaller runs and no smaller crowds, in a minute")
	private boolean quick;

	@Option(names = "--json", description = "print one JSON document instead of tables")
	private boolean json;

	@Option(names = "--only", paramLabel = "<name>", description = "measure the rows whose names begin like this")
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
		try (ConfigurableApplicationContext grouped = launcher.start(WebApplicationType.REACTIVE, this.server.uri(),
				PROPERTIES, Bench::equip)) {
			List<String> oneByOne = new ArrayList<>(PROPERTIES);
			oneByOne.add(ONE_BY_ONE);
			try (ConfigurableApplicationContext plain = launcher.startBeside(grouped, WebApplicationType.REACTIVE,
					oneByOne, Bench::equip)) {
				print(new Bench(settings, grouped, plain, this.spec.commandLine().getErr()).run(), out);
			}
			return ExitCode.OK;
		}
		catch (UnexplainedHistoryException ex) {
			JudgementReport.print(ex.history(), ex.judgement(), out);
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
			throw bounds.invalid("--only", "no row is called like " + this.only);
		}
		return settings;
	}

}
