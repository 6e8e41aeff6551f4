package dev.lastseat.stress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.lastseat.history.History;
import dev.lastseat.history.HistoryFile;
import dev.lastseat.history.Judgement;
import dev.lastseat.history.UnreadableHistoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code check}: judges the histories of a file.
 */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class, sortOptions = false,
		header = "Judge a history that the race has written.", synopsisHeading = "%nUsage:%n",
		customSynopsis = "  java -jar lastseat.jar check <file>", parameterListHeading = "%nParameters:%n",
		optionListHeading = "%nOptions:%n", footerHeading = "%n",
		footer = { "Exit code: 0 when a sequential execution explains every history of the file,",
				"1 when none explains one of them, 2 when the file cannot be read or an option",
				"is wrong, 3 when it cannot be told within the budget of the search." })
final class CheckCommand implements Callable<Integer> {

	private static final int UNDECIDED = 3;

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "<file>", description = "JSON lines, as written by stress --history=<file>")
	private Path file;

	@Override
	public Integer call() throws IOException {
		if (!Files.isReadable(this.file) || Files.isDirectory(this.file)) {
			throw new ParameterException(this.spec.commandLine(), "There is no file to read: " + this.file);
		}
		try {
			int code = ExitCode.OK;
			for (History history : HistoryFile.read(this.file)) {
				code = worse(code, judge(history));
			}
			return code;
		}
		catch (UnreadableHistoryException ex) {
			this.spec.commandLine().getErr().println(this.file + ", " + ex.getMessage());
			return ExitCode.USAGE;
		}
	}

	private int judge(History history) {
		PrintWriter out = this.spec.commandLine().getOut();
		Judgement judgement = Judgement.of(history);
		out.printf(Locale.ROOT, "Event %s: %,d operations%s%n", history.event(), history.operations().size(),
				(history.ledger() != null) ? ""
						: ", judged without what is stored in the end, which the file does not say");
		JudgementReport.print(history, judgement, out);
		out.flush();
		if (judgement instanceof Judgement.Violation) {
			return ExitCode.SOFTWARE;
		}
		return (judgement instanceof Judgement.Undecided) ? UNDECIDED : ExitCode.OK;
	}

	/** A violation outweighs what is undecided, which outweighs all that is well. */
	private static int worse(int one, int other) {
		return (one == ExitCode.SOFTWARE || other == ExitCode.SOFTWARE) ? ExitCode.SOFTWARE : Math.max(one, other);
	}

}
