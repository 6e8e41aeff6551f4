package dev.lastseat.stress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.lastseat.stress.bench.Bench;
import dev.lastseat.stress.bench.BenchSettings;
import dev.lastseat.stress.bench.Score;
import dev.lastseat.stress.bench.UnexplainedHistoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code bench}: measures the service against itself, over HTTP, in this process.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class, sortOptions = false,
		header = "Measure the service, as ratios of pairs of runs.", synopsisHeading = "%nUsage:%n",
		customSynopsis = "  java -jar lastseat.jar bench [<option>...]", optionListHeading = "%nOptions:%n",
		footerHeading = "%n", footer = { "Exit code: 0 when everything was measured, 1 when the answers of a run are",
				"not true, 2 on a wrong option." })
final class BenchCommand implements Callable<Integer> {

	@ParentCommand
	private Commands parent;

	@Spec
	private CommandSpec spec;

	@Option(names = "--quick", description = "fewer and smaller runs, in a minute")
	private boolean quick;

	@Option(names = "--only", paramLabel = "<name>", description = "the rows whose names begin like this")
	private @Nullable String only;

	@Mixin
	private ServerOption server;

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		BenchSettings settings = new BenchSettings(this.quick, 5, this.quick ? 1000 : 4000, 1000,
				Duration.ofMillis(this.quick ? 1500 : 3000), Duration.ofSeconds(1), this.only);
		ServiceStart start = new ServiceStart(this.parent.application());
		List<String> web = List.of("--server.port=0", "--server.address=127.0.0.1", "--lastseat.security.mode=open",
				"--lastseat.web.request-timeout=60s", "--logging.level.dev.lastseat.security=ERROR");
		try (ConfigurableApplicationContext grouped = start.start(WebApplicationType.REACTIVE, this.server.uri(), web,
				Bench::equip);
				ConfigurableApplicationContext plain = start.startBeside(grouped, WebApplicationType.REACTIVE,
						java.util.stream.Stream
							.concat(web.stream(), java.util.stream.Stream.of("--lastseat.booking.max-batch=1"))
							.toList(),
						Bench::equip)) {
			grouped.getBean(ScratchDatabase.class).reach().toFuture().join();
			Score score = new Bench(settings, grouped, plain, this.spec.commandLine().getErr()).run();
			score.print(out);
			return ExitCode.OK;
		}
		catch (UnexplainedHistoryException ex) {
			JudgementReport.print(ex.history(), ex.judgement(), out);
			return ExitCode.SOFTWARE;
		}
	}

}
