package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.lastseat.PackagedProcess;
import dev.lastseat.TestRun;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageException;
import io.netty.handler.codec.http.HttpMethod;
import reactor.util.retry.Retry;

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

	/** With the classes of the tests, their log configuration applies. */
	private static final String LOG_OF_SERVICE = "--logging.level.root=INFO";

	private static final String EVENTS = "/api/v1/events";

	private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

	private static final ServiceClient CLIENT = new ServiceClient();

	private final Path directory;

	private final List<String> arguments;

	private volatile PackagedProcess process;

	private volatile String address = "";

	/**
	 * @param directory working directory
	 */
	ServiceProcess(Path directory, String... options) {
		this(List.of("-jar", System.getProperty("packaged.jar")), directory, options);
	}

	private ServiceProcess(List<String> program, Path directory, String... options) {
		this.directory = directory;
		this.arguments = Stream.of(JVM_OPTIONS, program, OPTIONS, List.of(options)).flatMap(List::stream).toList();
		this.process = launch();
	}

	/** The process of a {@link BrokenService}. */
	static ServiceProcess broken(Path directory, String option) {
		return new ServiceProcess(List.of("-cp", System.getProperty("java.class.path"), BrokenService.class.getName()),
				directory, option, LOG_OF_SERVICE);
	}

	private PackagedProcess launch() {
		return PackagedProcess.start(this.directory, this.arguments, Map.of());
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
		return createEventOf("\"capacity\": " + capacity);
	}

	/**
	 * The same for an event with a sale.
	 * @param terms with an opening and a length of holds
	 */
	String createEvent(int capacity, SaleTerms terms) {
		return createEventOf("\"capacity\": %d, \"salesOpenAt\": \"%s\", \"holdSeconds\": %d".formatted(capacity,
				terms.opensAt(), terms.holdSeconds()));
	}

	private String createEventOf(String members) {
		String body = "{\"title\": \"Gala\", \"startsAt\": \"2100-12-01T19:00:00Z\", %s}".formatted(members);
		return CLIENT.send(HttpMethod.POST, this.address + EVENTS, body, ServiceProcess::createdEvent)
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY_INTERVAL).filter(StorageException.class::isInstance))
			.block(TestRun.TIMEOUT);
	}

	private static String createdEvent(ServiceAnswer answer) {
		if (answer.code().equals("201 ")) {
			return EVENTS + "/" + answer.body().path("id").asString();
		}
		throw answer.fault();
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
