package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import com.mongodb.ConnectionString;
import dev.lastseat.LastseatApplication;
import dev.lastseat.stress.CommandRunner;
import dev.lastseat.stress.CheckReport;
import dev.lastseat.stress.OptionBounds;
import dev.lastseat.stress.ServerOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench/run}: starts the service and a bare route, each in a process of its own,
 * and measures pairs of runs over HTTP.
 */
@Command(name = "bench", sortOptions = false, header = "Measure the service: ratios of paired runs, each with a goal.",
		synopsisHeading = "%nUsage:%n", customSynopsis = "  bench/run [<option>...]",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "Rows, each with what it is compared with:",
				"  refusal, booking, status, event, registration: a bare WebFlux route that",
				"    answers JSON, with the same JVM options", "  journal: bookings, with the journal turned off",
				"  quiet: bookings of many events, with the bare driver",
				"  storm: p99 of quiet events beside a storm on one event, without the storm",
				"  streams-heap, streams-p99: 5,000 streams of one event; not compared",
				"  standings-p99: 10,000 streams of the standing of a user, of whom 5,000 wait;", "    not compared",
				"  watched: bookings beside polls and streams, without those",
				"  hot-16, hot-64, hot-256, sale, alone: the service with max-batch=1",
				"  duplicates: bookings with one duplicate in ten, without duplicates",
				"  goodput: three times the saturation rate, the saturation rate",
				"  warm: the first ten seconds of a new process, a minute later",
				"  hold, confirm: holds of a hot event, confirmations of holds, with bookings",
				"  onsale: a sale to the last seat in which 30 %% of the holds expire; not compared",
				"  holds-10, holds-1000, holds-10000: bookings beside so many holds, with 10 (or",
				"    no) holds; with -single: by the service with max-batch=1",
				"Only on request: with --only=cancel, bookings of a hot event beside 200 to",
				"2,000 cancellations per second; with --only=big, big events of 1,000 to",
				"1,000,000 registrations, which are filled first; with --only=crowded, a",
				"sold-out event with up to 1,000,000 registrations, 9,900 holds and 4,900", "waiting users.", "",
				"Before the first pair all kinds of requests are sent until their rates no",
				"longer grow. The history of every run is checked for linearizability; for the",
				"rows of holds, big and crowded events the stored state is compared with the",
				"answers. If a check fails, there is no score.", "",
				"Exit code: 0 when all rows were measured, also when goals are missed, 1 when a",
				"history is not linearizable or a run fails, 2 on a wrong option." })
public final class BenchCommand implements Callable<Integer> {

	private static final int MAX_PAIRS = 100;

	private static final int MAX_REQUESTS = 1_000_000;

	private final Class<?> application;

	@Spec
	private CommandSpec spec;

	@Option(names = "--quick",
			description = "shorter runs, without hot-16, hot-64, warm, onsale and holds-*; takes five minutes")
	private boolean quick;

	@Option(names = "--json", description = "print one JSON document instead of Markdown tables")
	private boolean json;

	@Option(names = "--only", paramLabel = "<name>",
			description = "measure only the row with this name, or the rows whose names start with this")
	private @Nullable String only;

	@Option(names = "--pairs", paramLabel = "<n>",
			description = "pairs of runs of each row, 5 or more (6, with --quick 5)")
	private @Nullable Integer pairs;

	@Option(names = "--requests", paramLabel = "<n>",
			description = "requests of a run (20000, with --quick 512); limits runs of a fixed time, too")
	private @Nullable Integer requests;

	@Option(names = "--jvm-options", paramLabel = "<options>", defaultValue = "-XX:+UseParallelGC",
			description = "JVM options of the measured processes, separated by spaces (${DEFAULT-VALUE})")
	private String jvmOptions = "";

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
		ConnectionString uri = this.server.uri();
		MeasuredProcess.Settings processes = new MeasuredProcess.Settings(this.jvmOptions,
				(uri != null) ? uri.getConnectionString() : null);
		try (Services services = new Services(this.application, processes)) {
			print(new Bench(settings, services, this.spec.commandLine().getErr()).run(), out);
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
