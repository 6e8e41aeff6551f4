package dev.lastseat.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.PackagedProcess;
import org.awaitility.Awaitility;

/**
 * A service process that a test can kill and start again, on another port.
 */
final class ServiceProcess implements AutoCloseable {

	/**
	 * Time limits so short that a run of a few seconds exceeds them, and segments so
	 * small that nearly all registrations are sealed.
	 */
	private static final List<String> OPTIONS = List.of("--server.port=0",
			"--lastseat.mongodb.server-selection-timeout=500ms", "--lastseat.mongodb.operation-timeout=1s",
			"--lastseat.web.request-timeout=2s", "--lastseat.booking.segment-size=4");

	/** Little memory and a fast start: several processes share a small machine. */
	private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

	private final Path directory;

	private final List<String> options;

	private volatile PackagedProcess process;

	private volatile String address = "";

	/**
	 * @param directory working directory
	 */
	ServiceProcess(Path directory, String... options) {
		this.directory = directory;
		this.options = new ArrayList<>(OPTIONS);
		this.options.addAll(List.of(options));
		this.process = launch();
	}

	private PackagedProcess launch() {
		return PackagedProcess.start(this.directory, JVM_OPTIONS, this.options);
	}

	ServiceProcess awaitReady() {
		try {
			this.address = this.process.awaitReady().address("");
			return this;
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * @return the base URL, which changes with a restart
	 */
	String address() {
		return this.address;
	}

	/**
	 * Creates an event, and repeats that while the storage is too slow. An attempt
	 * without an answer can leave another event, which the tests do not use.
	 * @return the path of the event
	 */
	String createEvent(int capacity) {
		String answer = Awaitility.await()
			.until(() -> this.process.send("POST", "/api/v1/events", """
					{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": %d}""".formatted(capacity)),
					(created) -> created.startsWith("201"));
		return "/api/v1/events/" + answer.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	/** Kills the process (SIGKILL) and waits for its exit. */
	void kill() {
		this.process.kill();
		this.process.awaitExit();
	}

	/** Terminates the process (SIGTERM) and waits for its exit. */
	void terminate() {
		this.process.terminate();
		this.process.awaitExit();
	}

	void restart() {
		this.process = launch();
		awaitReady();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
