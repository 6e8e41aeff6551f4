package dev.lastseat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The packaged jar, run as a user would run it.
 */
public final class PackagedProcess implements AutoCloseable {

	private static final Duration PATIENCE = TestRun.PATIENCE;

	/**
	 * A busy machine may take longer than the defaults for what a test expects to
	 * succeed. An argument of a test has precedence.
	 */
	private static final Map<String, String> PATIENT = Map.of("LASTSEAT_MONGODB_CONNECTTIMEOUT", "60s",
			"LASTSEAT_MONGODB_SERVERSELECTIONTIMEOUT", "60s", "LASTSEAT_MONGODB_OPERATIONTIMEOUT", "60s",
			"LASTSEAT_BOOKING_MAXWAIT", "60s", "LASTSEAT_WEB_REQUESTTIMEOUT", "60s", "LASTSEAT_WEB_READTIMEOUT", "60s");

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final Pattern STARTED = Pattern.compile("Started LastseatApplication in .* seconds");

	private final Process process;

	private final Path output;

	private PackagedProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * @param directory where the process runs and its output is kept
	 */
	public static PackagedProcess start(Path directory, String... args) {
		return start(directory, List.of(), List.of(args));
	}

	/**
	 * @param options for the Java virtual machine
	 */
	public static PackagedProcess start(Path directory, List<String> options, List<String> args) {
		return start(Path.of(System.getProperty("lastseat.jar")), directory, options, args);
	}

	/**
	 * Runs another jar than that of this build.
	 */
	public static PackagedProcess startJar(Path jar, Path directory, String... args) {
		return start(jar, directory, List.of(), List.of(args));
	}

	private static PackagedProcess start(Path jar, Path directory, List<String> options, List<String> args) {
		List<String> arguments = new ArrayList<>(options);
		arguments.addAll(List.of("-jar", jar.toString()));
		arguments.addAll(args);
		return start(directory, arguments, Map.of());
	}

	/**
	 * @param arguments of the Java virtual machine and the service
	 * @param environment in addition to that of this process
	 */
	public static PackagedProcess start(Path directory, List<String> arguments, Map<String, String> environment) {
		try {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(arguments);
			Path output = Files.createTempFile(directory, "output", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().remove("SPRING_MONGODB_URI");
			builder.environment().putAll(PATIENT);
			builder.environment().putAll(environment);
			return new PackagedProcess(builder.start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public PackagedProcess awaitReady() {
		try {
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> STARTED.matcher(output()).find() || !this.process.isAlive());
			return this;
		}
		catch (ConditionTimeoutException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * @return the path with the server in front of it
	 */
	public String address(String path) {
		Matcher port = PORT.matcher(output());
		if (!port.find()) {
			throw new AssertionError("not started: " + output());
		}
		return "http://127.0.0.1:" + port.group(1) + path;
	}

	/**
	 * @return the status and the body of the answer
	 */
	public String send(String method, String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address(path)))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			return response.statusCode() + " " + response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Asks the process to end, as an operator would (SIGTERM). */
	public void terminate() {
		this.process.destroy();
	}

	/** Ends the process without asking (SIGKILL). */
	public void kill() {
		this.process.destroyForcibly();
	}

	public int awaitExit() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("still running: " + output());
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		awaitExit();
	}

}
