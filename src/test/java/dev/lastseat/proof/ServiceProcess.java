package dev.lastseat.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.PackagedProcess;
import org.awaitility.Awaitility;

/**
 * A service process that can be killed and started again, on another port.
 */
final class ServiceProcess implements AutoCloseable {

	/**
	 * Short enough for a run of a few seconds to see what happens when they are over, and
	 * pages so small that nearly everybody leaves the document of the event.
	 */
	private static final List<String> OPTIONS = List.of("--server.port=0",
			"--lastseat.mongodb.server-selection-timeout=500ms", "--lastseat.mongodb.operation-timeout=1s",
			"--lastseat.web.request-timeout=2s", "--lastseat.booking.segment-size=4");

	/** Several have to share a small machine, and are started over and over. */
	private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

	private final Path directory;

	private final List<String> options;

	private volatile PackagedProcess process;

	private volatile String address = "";

	/**
	 * @param directory where it runs
	 */
	ServiceProcess(Path directory, String... options) {
		this.directory = directory;
		this.options = new ArrayList<>(OPTIONS);
		this.options.addAll(List.of(options));
		this.process = launch();
	}

	private PackagedProcess launch() {
		return PackagedProcess.start(this.directory, SMALL, this.options);
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
	 * @return where it listens, or did until it was killed
	 */
	String address() {
		return this.address;
	}

	/**
	 * Repeated while the storage is too slow: what an attempt without an answer may have
	 * left is never sold.
	 * @return the path of the event
	 */
	String createEvent(int capacity) {
		String answer = Awaitility.await()
			.until(() -> this.process.send("POST", "/api/v1/events", """
					{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": %d}""".formatted(capacity)),
					(created) -> created.startsWith("201"));
		return "/api/v1/events/" + answer.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	/** Ends it without asking (SIGKILL), and waits for its end. */
	void kill() {
		this.process.kill();
		this.process.awaitExit();
	}

	/** Asks it to end (SIGTERM), and waits for its end. */
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
