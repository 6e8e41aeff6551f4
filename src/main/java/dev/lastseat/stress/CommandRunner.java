package dev.lastseat.stress;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;

import org.springframework.core.NestedExceptionUtils;

/**
 * Runs a picocli command: output in UTF-8, and a failure as one line instead of a stack
 * trace.
 */
public final class CommandRunner {

	private CommandRunner() {
	}

	/**
	 * Runs a command that prints to standard output and standard error.
	 * @return the exit code: 0 for success, 1 for failure, 2 for wrong arguments, or
	 * another one that the command documents
	 */
	public static int run(CommandLine command, String... args) {
		// System.out has the encoding of the platform, which may lack characters of the
		// report.
		PrintWriter out = new PrintWriter(
				new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8), true,
				StandardCharsets.UTF_8);
		return run(command, out, new PrintWriter(System.err, true), args);
	}

	/**
	 * Runs a command that prints to the given writers.
	 * @return the exit code, as without writers
	 */
	public static int run(CommandLine command, PrintWriter out, PrintWriter err, String... args) {
		return command.setOut(out).setErr(err).setExecutionExceptionHandler(CommandRunner::reportFailure).execute(args);
	}

	private static int reportFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
		command.getErr()
			.println(command.getCommandName() + " failed: "
					+ NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
		return CommandLine.ExitCode.SOFTWARE;
	}

}
