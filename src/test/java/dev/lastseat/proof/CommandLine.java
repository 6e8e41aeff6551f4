package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of a running process of this machine, read from {@code /proc}. It is
 * used to start the process again after it was killed.
 *
 * @param command the absolute path of the executable, and its arguments
 * @param directory the working directory
 */
record CommandLine(List<String> command, Path directory, Map<String, String> environment) {

	private static final String FORK = "--fork";

	/**
	 * @param pid id of a process of the same user
	 */
	static CommandLine of(long pid) {
		Path process = Path.of("/proc", Long.toString(pid));
		try {
			List<String> command = new ArrayList<>(split(Files.readString(process.resolve("cmdline"))));
			// The first word may be a relative path, or a name that was found in PATH.
			command.set(0, Files.readSymbolicLink(process.resolve("exe")).toString());
			return new CommandLine(inForeground(command), Files.readSymbolicLink(process.resolve("cwd")),
					environment(split(Files.readString(process.resolve("environ")))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("process " + pid + " cannot be read; it may belong to another user", ex);
		}
	}

	/**
	 * @param words words that each end with a NUL
	 */
	static List<String> split(String words) {
		List<String> split = List.of(words.split("\0", -1));
		return split.subList(0, split.size() - 1);
	}

	private static Map<String, String> environment(List<String> variables) {
		Map<String, String> environment = new HashMap<>();
		for (String variable : variables) {
			int equals = variable.indexOf('=');
			if (equals > 0) {
				environment.put(variable.substring(0, equals), variable.substring(equals + 1));
			}
		}
		return environment;
	}

	/** Removes the option that makes mongod run in the background. */
	static List<String> inForeground(List<String> command) {
		return command.stream().filter((word) -> !word.equals(FORK)).toList();
	}

	/**
	 * @param output file that gets the output of the process
	 */
	Process start(Path output) {
		ProcessBuilder builder = new ProcessBuilder(this.command).directory(this.directory.toFile())
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
