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
 * Runs the packaged jar in a separate process, as a user does.
 */
public final class PackagedProcess implements AutoCloseable {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	/**
	 * Time limits so long that a busy machine does not exceed them, and no warm-up. The
	 * arguments of a test have precedence.
	 */
	private static final Map<String, String> SETTINGS = Map.of("LASTSEAT_WARMUP_TIME", "0s",
			"LASTSEAT_MONGODB_CONNECTTIMEOUT", "60s", "LASTSEAT_MONGODB_SERVERSELECTIONTIMEOUT", "60s",
			"LASTSEAT_MONGODB_OPERATIONTIMEOUT", "60s", "LASTSEAT_BOOKING_MAXWAIT", "60s",
			"LASTSEAT_WEB_REQUESTTIMEOUT", "60s", "LASTSEAT_WEB_READTIMEOUT", "60s");

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final Pattern STARTED = Pattern.compile("Started LastseatApplication in .* seconds");

	private final Process process;

	private final Path output;

	private PackagedProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * @param directory working directory of the process; its output is stored there too
	 */
	public static PackagedProcess start(Path directory, String... args) {
		return start(directory, List.of(), List.of(args));
	}

	/**
	 * @param options of the Java virtual machine
	 */
	public static PackagedProcess start(Path directory, List<String> options, List<String> args) {
		return start(Path.of(System.getProperty("packaged.jar")), directory, options, args);
	}

	/** Runs a jar of another build. */
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
			builder.environment().putAll(SETTINGS);
			builder.environment().putAll(environment);
			return new PackagedProcess(builder.start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public PackagedProcess awaitReady() {
		try {
			Awaitility.await().atMost(TIMEOUT).until(() -> STARTED.matcher(output()).find() || !this.process.isAlive());
			return this;
		}
		catch (ConditionTimeoutException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * @return the URL of the path
	 */
	public String address(String path) {
		Matcher port = PORT.matcher(output());
		if (!port.find()) {
			throw new AssertionError("not started: " + output());
		}
		return "http://127.0.0.1:" + port.group(1) + path;
	}

	/**
	 * @return the status and the body of the answer, separated by a space
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

	/** Sends SIGTERM, which starts a graceful shutdown. */
	public void terminate() {
		this.process.destroy();
	}

	/** Sends SIGKILL, which ends the process at once. */
	public void kill() {
		this.process.destroyForcibly();
	}

	public int awaitExit() {
		try {
			if (!this.process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
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
