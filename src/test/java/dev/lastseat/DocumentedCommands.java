package dev.lastseat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.lastseat.MarkdownPage.Block;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the {@code curl} commands of a page in order, and compares their outputs with the
 * fenced blocks that follow them. Ids, times, cursors and request ids may differ. The id
 * in an assignment stands for that of the event that the command before has created.
 * <p>
 * A command begins at the start of a line, its further lines are indented. A command that
 * opens a stream runs until the next output; each command after it must cause a message.
 * The lines {@code <!-- not run: reason -->} before a block of commands skip it and its
 * output.
 */
final class DocumentedCommands implements AutoCloseable {

	private static final String SERVICE = "localhost:8080";

	private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{24}\\b");

	private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z]+=\\S+/([0-9a-f]{24})");

	private static final Pattern SLEEP = Pattern.compile("sleep (\\d+)");

	private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: \\S.* -->");

	/** What differs from run to run. */
	private static final Map<Pattern, String> VARIABLE = Map.of(Pattern.compile("\"requestId\":\"[^\"]+\""), "REQUEST",
			Pattern.compile("\"(expiresAt|at)\":\"[^\"]+\""), "\"$1\":TIME", Pattern.compile("\"next\":\"[^\"]+\""),
			"\"next\":CURSOR", Pattern.compile("Retry-After: \\d+"), "Retry-After: SECONDS",
			Pattern.compile(": ping\n\n"), "");

	/** Commands that other tests run: builds, processes and the web server of a page. */
	private static final Pattern NO_REQUEST = Pattern.compile(
			"(?:LASTSEAT_\\S+=\\S+ )?(?:\\./mvnw|java|docker|bench/run|load-tests/run|python3) ?.*", Pattern.DOTALL);

	private final MarkdownPage page;

	private final String address;

	private final Path directory;

	private final Consumer<Duration> sleep;

	/** The ids of this run by those of the page. */
	private final Map<String, String> ids = new HashMap<>();

	private final List<String> assignments = new ArrayList<>();

	private final StringBuilder output = new StringBuilder();

	private String lastOutput = "";

	private Process stream;

	private Path streamOutput;

	/**
	 * @param address of the service: host and port
	 * @param directory for outputs
	 * @param sleep called instead of a sleep
	 */
	DocumentedCommands(MarkdownPage page, String address, Path directory, Consumer<Duration> sleep) {
		this.page = page;
		this.address = address;
		this.directory = directory;
		this.sleep = sleep;
	}

	/**
	 * @return the number of commands that ran
	 */
	int run() {
		int commands = 0;
		boolean ran = false;
		String before = "";
		for (Block block : this.page.blocks()) {
			switch (block.kind()) {
				case COMMANDS -> {
					int number = NOT_RUN.matcher(before).matches() ? 0 : run(block);
					ran = number > 0;
					commands += number;
				}
				case FENCED -> {
					if (ran) {
						compare(block);
						ran = false;
					}
				}
				case PROSE -> before = block.text().isEmpty() ? before : block.text();
			}
		}
		return commands;
	}

	private int run(Block block) {
		List<String> commands = List.of(block.text().replaceAll("\n+(?=\\S)", "\0").split("\0"));
		List<String> requests = commands.stream().filter((command) -> !NO_REQUEST.matcher(command).matches()).toList();
		requests.forEach(this::runCommand);
		return requests.size();
	}

	private void runCommand(String documented) {
		Matcher assignment = ASSIGNMENT.matcher(documented);
		if (assignment.matches()) {
			this.ids.put(assignment.group(1), lastId());
		}
		String command = withIds(documented).replace(SERVICE, this.address);
		Matcher pause = SLEEP.matcher(command);
		if (assignment.matches()) {
			this.assignments.add(command);
		}
		else if (pause.matches()) {
			this.sleep.accept(Duration.ofSeconds(Long.parseLong(pause.group(1))));
		}
		else {
			assertThat(command).as("command of %s", this.page.file()).startsWith("curl ");
			if (command.contains("text/event-stream")) {
				openStream(command);
			}
			else {
				long received = received();
				this.lastOutput = execute(command);
				this.output.append(this.lastOutput);
				await(() -> this.stream == null || received() > received);
			}
		}
	}

	/**
	 * @return the id of the event that the last command has created
	 */
	private String lastId() {
		return ID.matcher(this.lastOutput).results().findFirst().orElseThrow().group();
	}

	private String execute(String command) {
		Path file = this.directory.resolve("command.out");
		Process process = start(command, file);
		try {
			assertThat(process.waitFor(TestRun.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).as(command).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		String text = read(file);
		assertThat(process.exitValue()).as("exit code of %s: %s", command, text).isZero();
		return text;
	}

	private Process start(String command, Path file) {
		try {
			ProcessBuilder builder = new ProcessBuilder("bash", "-c",
					String.join("\n", this.assignments) + "\n" + command)
				.redirectErrorStream(true)
				.redirectOutput(file.toFile());
			// Without settings and proxies of the machine.
			builder.environment().keySet().removeIf((name) -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
			builder.environment().put("CURL_HOME", this.directory.toString());
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void openStream(String command) {
		this.streamOutput = this.directory.resolve("stream.out");
		this.stream = start("exec " + command, this.streamOutput);
		await(() -> read(this.streamOutput).contains("data:"));
	}

	private long received() {
		return (this.stream != null) ? read(this.streamOutput).length() : 0;
	}

	private void compare(Block expected) {
		if (this.stream != null) {
			await(() -> isSame(expected.text(), read(this.streamOutput)) || !this.stream.isAlive());
			this.output.append(read(this.streamOutput));
			close();
		}
		String actual = this.output.toString();
		this.output.setLength(0);
		learnIds(expected.text(), actual);
		assertThat(normalize(actual)).as("output that %s shows from line %d on", this.page.file(), expected.first() + 1)
			.isEqualTo(normalize(withIds(expected.text())));
	}

	private boolean isSame(String documented, String actual) {
		return normalize(actual).equals(normalize(withIds(documented)));
	}

	/**
	 * Pairs the ids of the documented output with those of the actual output.
	 */
	private void learnIds(String documented, String actual) {
		Matcher theirs = ID.matcher(documented);
		Matcher ours = ID.matcher(actual);
		while (theirs.find() && ours.find()) {
			this.ids.putIfAbsent(theirs.group(), ours.group());
		}
	}

	private String withIds(String text) {
		return ID.matcher(text).replaceAll((id) -> this.ids.getOrDefault(id.group(), id.group()));
	}

	private static String normalize(String text) {
		String normal = text.replace("\r", "");
		for (Map.Entry<Pattern, String> variable : VARIABLE.entrySet()) {
			normal = variable.getKey().matcher(normal).replaceAll(variable.getValue());
		}
		return normal.strip();
	}

	private static void await(Supplier<Boolean> condition) {
		Awaitility.await().atMost(TestRun.TIMEOUT).pollInterval(Duration.ofMillis(20)).until(condition::get);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		if (this.stream != null) {
			this.stream.destroy();
			this.stream = null;
		}
	}

}
