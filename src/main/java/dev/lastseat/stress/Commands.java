package dev.lastseat.stress;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line. Tells a command from a start of the service, and runs the command.
 */
@Command(name = "lastseat", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class,
		subcommands = { StressCommand.class, CheckCommand.class }, sortOptions = false,
		header = "A booking service that never sells a seat twice.", synopsisHeading = "%nUsage:%n", customSynopsis = { //
				"  java -jar lastseat.jar [--<property>=<value>...]   serve, on port 8080",
				"  java -jar lastseat.jar <command> [<option>...]     run a command" },
		optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n",
		footerHeading = "%nProperties, among all those of Spring Boot:%n", footer = { //
				"      --spring.mongodb.uri=<uri>",
				"                       the MongoDB to use; without it an embedded engine, which",
				"                         is for trying, demos and tests",
				"      --lastseat.embedded.directory=<directory>",
				"                       where the embedded engine keeps its files (./data)",
				"      --lastseat.embedded.storage=file|memory",
				"                       memory: the embedded engine keeps nothing (file)",
				"      --server.address=<address>",
				"                       the address to bind (open mode: 127.0.0.1; jwt mode:",
				"                         all addresses)", "      --server.port=<port>",
				"                       the port to bind (8080)" })
public final class Commands implements Runnable {

	private final Class<?> application;

	@Spec
	private CommandSpec spec;

	private Commands(Class<?> application) {
		this.application = application;
	}

	/**
	 * Tells whether the arguments name a command. Arguments that are all properties, in
	 * the form {@code --name=value} or {@code --name}, start the service.
	 */
	public static boolean handles(String... args) {
		return !Arrays.stream(args)
			.allMatch((arg) -> arg.startsWith("--") && !arg.equals("--help") && !arg.equals("--version"));
	}

	/**
	 * Runs the command that the arguments name.
	 * @param application the Spring Boot application that a command starts
	 * @return the exit code of the command
	 */
	public static int run(Class<?> application, String... args) {
		return CommandRunner.run(commandLine(application), args);
	}

	static int run(Class<?> application, PrintWriter out, PrintWriter err, String... args) {
		return CommandRunner.run(commandLine(application), out, err, args);
	}

	private static CommandLine commandLine(Class<?> application) {
		CommandLine commandLine = new CommandLine(new Commands(application));
		commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Commands::commandsWithOptions);
		return commandLine;
	}

	private static String commandsWithOptions(CommandLine.Help help) {
		return help.subcommands()
			.entrySet()
			.stream()
			.map((command) -> String.format(Locale.ROOT, "  %s%n  %s%s", command.getKey(), command.getValue().header(),
					command.getValue().optionList()))
			.collect(Collectors.joining(System.lineSeparator()));
	}

	Class<?> application() {
		return this.application;
	}

	/**
	 * Runs when no command is named, for example with an argument that is neither a
	 * command nor a property.
	 */
	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Missing command");
	}

	/** The version from the manifest of the jar. */
	static final class Version implements CommandLine.IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = Commands.class.getPackage().getImplementationVersion();
			return new String[] { "lastseat " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
