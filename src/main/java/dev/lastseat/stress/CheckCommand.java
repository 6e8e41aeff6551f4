package dev.lastseat.stress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.lastseat.history.History;
import dev.lastseat.history.HistoryFile;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.UnreadableHistoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: checks the histories in a file for linearizability. */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class, sortOptions = false,
		header = "Check a history that stress has written.", synopsisHeading = "%nUsage:%n",
		customSynopsis = "  java -jar lastseat.jar check <file>", parameterListHeading = "%nParameters:%n",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "Exit code: 0 when a sequential execution explains every history of the file,",
				"1 when at least one history has no such execution, 2 when the file cannot be",
				"read or an option is wrong, 3 when the search reaches its budget without a", "result." })
final class CheckCommand implements Callable<Integer> {

	private static final int UNDECIDED = 3;

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "<file>", description = "JSON lines, as written by stress --history=<file>")
	private Path file;

	@Override
	public Integer call() throws IOException {
		if (!Files.isReadable(this.file) || Files.isDirectory(this.file)) {
			throw new ParameterException(this.spec.commandLine(), "Not a readable file: " + this.file);
		}
		try {
			int code = ExitCode.OK;
			for (History history : HistoryFile.read(this.file)) {
				code = worse(code, check(history));
			}
			return code;
		}
		catch (UnreadableHistoryException ex) {
			this.spec.commandLine().getErr().println(this.file + ", " + ex.getMessage());
			return ExitCode.USAGE;
		}
	}

	private int check(History history) {
		PrintWriter out = this.spec.commandLine().getOut();
		CheckResult checkResult = CheckResult.of(history);
		out.printf(Locale.ROOT, "Event %s: %,d operations%s%n", history.event(), history.operations().size(),
				(history.ledger() != null) ? "" : ", checked without the stored state, which the file does not have");
		CheckReport.print(history, checkResult, out);
		out.flush();
		if (checkResult instanceof CheckResult.Violation) {
			return ExitCode.SOFTWARE;
		}
		return (checkResult instanceof CheckResult.Undecided) ? UNDECIDED : ExitCode.OK;
	}

	/** A violation is worse than an undecided check, which is worse than success. */
	private static int worse(int one, int other) {
		return (one == ExitCode.SOFTWARE || other == ExitCode.SOFTWARE) ? ExitCode.SOFTWARE : Math.max(one, other);
	}

}
