package dev.lastseat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start, the shutdown and the commands of the packaged jar, as a user sees them.
 */
class PackagedServiceIT {

	private static final String ANY_PORT = "--server.port=0";

	private static final String NO_DATABASE = "--spring.mongodb.uri=mongodb://127.0.0.1:1";

	private static final String SHORT_TIMEOUT = "--lastseat.mongodb.server-selection-timeout=300ms";

	private static final String EVENTS = "/api/v1/events";

	private static final String USER = "ada-lovelace";

	private static final String GALA = """
			{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 1}""";

	/** Longer than any test takes. The test kills the process while it still drains. */
	private static final String DRAINING = "--lastseat.web.drain-time=10m";

	private static final String LONG_SHUTDOWN = "--spring.lifecycle.timeout-per-shutdown-phase=11m";

	@TempDir
	private Path directory;

	private PackagedProcess start(String... args) {
		return PackagedProcess.start(this.directory, args);
	}

	@Test
	void warmsUpAndThenIsReady() {
		try (PackagedProcess service = PackagedProcess.start(this.directory, ANY_PORT,
				"--lastseat.embedded.storage=memory", "--lastseat.warmup.time=1s")) {
			service.awaitReady();
			Awaitility.await()
				.atMost(TestRun.TIMEOUT)
				.until(() -> service.send("GET", "/actuator/health/readiness", "").startsWith("200"));

			// "did not end" on a machine that is very busy
			assertThat(service.output()).containsPattern("Warm-up: (\\d+ requests in \\d+ ms|did not end)")
				.doesNotContain("ERROR");
			assertThat(service.output().lines()).filteredOn((line) -> line.contains("Netty started")).hasSize(1);
			assertThat(service.send("GET", EVENTS, "")).isEqualTo("200 {\"events\":[],\"next\":null}");
		}
	}

	@Test
	void startsWithTheEmbeddedEngineAndLogsIt() {
		try (PackagedProcess service = start(ANY_PORT).awaitReady()) {
			assertThat(service.output()).containsOnlyOnce("Storage: embedded engine, files in ")
				.contains("for trying, demos and tests. For production set spring.mongodb.uri")
				.containsOnlyOnce("WARN")
				.containsOnlyOnce("Security: open - requests are not authenticated")
				.doesNotContain("ERROR");
			assertThat(service.send("GET", EVENTS, "")).isEqualTo("200 {\"events\":[],\"next\":null}");
		}
		assertThat(this.directory.resolve("data")).isNotEmptyDirectory();
	}

	@Test
	@DisabledIfSystemProperty(named = PackagedJarIT.OFFLINE, matches = "is true",
			disabledReason = PackagedJarIT.NO_SBOM)
	void showsItsLibraries() {
		try (PackagedProcess service = start(ANY_PORT, "--lastseat.embedded.storage=memory").awaitReady()) {
			assertThat(service.send("GET", "/actuator/sbom", "")).isEqualTo("200 {\"ids\":[\"application\"]}");
			assertThat(service.send("GET", "/actuator/sbom/application", "")).startsWith("200 ")
				.contains("\"CycloneDX\"", "pkg:maven/org.mongodb/mongodb-driver-reactivestreams@");
		}
	}

	@Test
	void keepsBookingsWhenItIsTerminated() {
		String registration;
		try (PackagedProcess service = start(ANY_PORT).awaitReady()) {
			registration = book(service);
			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.output()).contains("Graceful shutdown complete")
				.containsOnlyOnce("WARN")
				.doesNotContain("ERROR");
		}

		expectStillBooked(registration);
	}

	@Test
	void keepsCommittedBookingsWhenItIsKilled() {
		Path file = this.directory.resolve("data").resolve("lastseat.mv.db");
		String registration;
		try (PackagedProcess service = start(ANY_PORT).awaitReady()) {
			registration = book(service);
			Awaitility.await().until(() -> Files.readString(file, StandardCharsets.ISO_8859_1).contains(USER));
			service.kill();
			service.awaitExit();
		}

		expectStillBooked(registration);
	}

	@Test
	void rejectsASecondProcessOnTheSameDirectory() {
		try (PackagedProcess first = start(ANY_PORT).awaitReady(); PackagedProcess second = start(ANY_PORT)) {
			assertThat(second.awaitExit()).isEqualTo(1);

			assertThat(second.output()).contains("is in use by another Lastseat process.")
				.contains("Stop that process, or use another directory with --lastseat.embedded.directory=")
				.doesNotContain("\tat ");
			assertThat(first.send("GET", EVENTS, "")).startsWith("200");
		}
	}

	@Test
	void writesNoFilesWithInMemoryStorage() {
		try (PackagedProcess service = start(ANY_PORT, "--lastseat.embedded.storage=memory").awaitReady()) {
			assertThat(service.output()).contains("Storage: embedded engine, in memory");
			book(service);
		}
		assertThat(this.directory.resolve("data")).doesNotExist();
	}

	@Test
	void explainsAMalformedUri() {
		try (PackagedProcess service = start(ANY_PORT, "--spring.mongodb.uri=bogus")) {
			assertThat(service.awaitExit()).isEqualTo(1);

			assertThat(service.output()).contains("The connection string is invalid")
				.contains("Correct spring.mongodb.uri, for example mongodb://127.0.0.1:27017/lastseat.")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void explainsAnInvalidProperty() {
		try (PackagedProcess service = start(ANY_PORT, "--lastseat.mongodb.operation-timeout=0s")) {
			assertThat(service.awaitExit()).isEqualTo(1);

			assertThat(service.output()).contains("lastseat.mongodb.operation-timeout must be at least 1ms")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void explainsThatTokensNeedAnIssuer() {
		try (PackagedProcess service = start(ANY_PORT, "--lastseat.security.mode=jwt")) {
			assertThat(service.awaitExit()).isEqualTo(1);

			assertThat(service.output()).contains("lastseat.security.mode", "No resource server is configured")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void isNotReadyAndKeepsAnsweringWhileItDrains() {
		try (PackagedProcess service = start(ANY_PORT, DRAINING, LONG_SHUTDOWN).awaitReady()) {
			String registration = book(service);
			service.terminate();

			Awaitility.await().until(() -> service.send("GET", "/actuator/health/readiness", "").startsWith("503"));
			assertThat(service.send("PUT", registration, "")).startsWith("200");
		}
	}

	@Test
	void exitsWhenTheDrainTimeIsOver() {
		try (PackagedProcess service = start(ANY_PORT, "--lastseat.web.drain-time=1s").awaitReady()) {
			String registration = book(service);
			try (SseClient stream = SseClient.open(service.address(statusOf(registration)))) {
				assertThat(stream.next()).isEqualTo("retry: 2000\n\n");
				service.terminate();

				assertThat(service.awaitExit()).isEqualTo(143);
			}
			assertThat(service.output()).contains("Graceful shutdown complete")
				.containsOnlyOnce("WARN")
				.doesNotContain("ERROR");
		}
	}

	@Test
	void completesRequestsInFlightBeforeItExits() {
		try (ProxiedEngine engine = new ProxiedEngine();
				PackagedProcess service = start(ANY_PORT, "--spring.mongodb.uri=" + engine.connectionString(),
						"--lastseat.mongodb.operation-timeout=5m", "--lastseat.web.request-timeout=5m", LONG_SHUTDOWN)
					.awaitReady()) {
			String registration = book(service);

			engine.proxy().hold();
			CompletableFuture<String> answer = CompletableFuture
				.supplyAsync(() -> service.send("PUT", registration, ""));
			Awaitility.await().until(() -> requestsInFlight(service), (count) -> count.contains("\"value\":2.0"));
			service.terminate();
			Awaitility.await().until(() -> service.output().contains("Commencing graceful shutdown"));
			assertThat(answer).isNotDone();
			engine.proxy().release();

			assertThat(answer.join()).startsWith("200");
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.output()).contains("Graceful shutdown complete").doesNotContain("ERROR");
		}
	}

	/** Streams do not wait until the drain time is over. */
	@Test
	void endsStreamsAtOnceOnTerminationAndAsksClientsToReconnect() {
		try (PackagedProcess service = start(ANY_PORT, DRAINING, LONG_SHUTDOWN).awaitReady()) {
			String registration = book(service);
			try (SseClient stream = SseClient.open(service.address(statusOf(registration)))) {
				assertThat(stream.next()).isEqualTo("retry: 2000\n\n");
				assertThat(stream.next()).startsWith("id: 1\nevent: status\n");
				service.terminate();

				assertThat(stream.next()).matches("retry: [1-5]\\d{3}\n: the service ends\n\n");
				assertThat(stream.next()).isEmpty();
			}
			assertThat(service.send("PUT", registration, "")).as("other requests are still answered").startsWith("200");
		}
	}

	/**
	 * @return the number of requests in flight, including this one
	 */
	private static String requestsInFlight(PackagedProcess service) {
		return service.send("GET", "/actuator/metrics/http.server.requests.active", "");
	}

	@Test
	void startsWithoutTheDatabaseAndIsNotReady() {
		try (PackagedProcess service = start(ANY_PORT, NO_DATABASE, SHORT_TIMEOUT).awaitReady()) {
			assertThat(service.output()).contains("Storage: MongoDB at [127.0.0.1:1], database lastseat");
			assertThat(service.send("GET", "/actuator/health/liveness", "")).startsWith("200");
			assertThat(service.send("GET", "/actuator/health/readiness", "")).startsWith("503");
			assertThat(service.send("POST", EVENTS, GALA)).startsWith("503").contains("storage-unavailable");
		}
	}

	@Test
	void logsTheRequestId() {
		try (PackagedProcess service = start(ANY_PORT, NO_DATABASE, SHORT_TIMEOUT).awaitReady()) {
			String requestId = requestIdOf(service.send("POST", EVENTS, GALA));

			assertThat(service.output().lines()).filteredOn((line) -> line.contains("got storage-unavailable"))
				.singleElement()
				.asString()
				.contains(" [" + requestId + "] d.lastseat.web.problem.ProblemResponder");
			assertThat(service.output().lines()).filteredOn((line) -> line.contains("Started LastseatApplication"))
				.singleElement()
				.asString()
				.contains("main] dev.lastseat.LastseatApplication");
		}
	}

	@Test
	void writesJsonLogsWhenConfigured() {
		try (PackagedProcess service = start(ANY_PORT, NO_DATABASE, SHORT_TIMEOUT,
				"--logging.structured.format.console=ecs")
			.awaitReady()) {
			String requestId = requestIdOf(service.send("POST", EVENTS, GALA));

			JsonMapper json = new JsonMapper();
			assertThat(service.output().lines()).hasSizeGreaterThan(3)
				.map(json::readTree)
				.allMatch(JsonNode::isObject)
				.filteredOn((line) -> line.path("message").asString().contains("got storage-unavailable"))
				.singleElement()
				.satisfies((line) -> assertThat(line.path("requestId").asString()).isEqualTo(requestId));
		}
	}

	@Test
	void runsTheStressCommandAndLeavesNoFiles() {
		try (PackagedProcess stress = start("stress")) {
			assertThat(stress.awaitExit()).isZero();

			assertThat(stress.output()).contains("Total Attempts:     50\nSuccessful Bookings: 1\nTime Taken:         ")
				.contains("\n✅  PASS — exactly 1 booking succeeded (no overbooking)\n\n"
						+ "MongoDB final state  →  tickets_sold=1  registration_ids=1\n")
				.contains("event capacity reached: 49", "user already registered for event: 0",
						"\nlinearizable: yes\n");
		}
		assertThat(this.directory.resolve("data")).doesNotExist();
	}

	@Test
	void rejectsAnUnknownOption() {
		try (PackagedProcess stress = start("stress", "--bogus")) {
			assertThat(stress.awaitExit()).isEqualTo(2);

			assertThat(stress.output()).startsWith("Unknown option: '--bogus'");
		}
	}

	/**
	 * @return the path of the registration
	 */
	private static String book(PackagedProcess service) {
		String event = service.send("POST", EVENTS, GALA).replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
		String registration = EVENTS + "/" + event + "/registrations/" + USER;
		assertThat(service.send("PUT", registration, "")).startsWith("201");
		return registration;
	}

	private static String statusOf(String registration) {
		return registration.replace("registrations/" + USER, "status");
	}

	private static String requestIdOf(String problem) {
		assertThat(problem).startsWith("503 ");
		return new JsonMapper().readTree(problem.substring("503 ".length())).path("requestId").asString();
	}

	private void expectStillBooked(String registration) {
		try (PackagedProcess service = start(ANY_PORT).awaitReady()) {
			assertThat(service.send("PUT", registration, "")).startsWith("200");
			assertThat(service.send("GET", EVENTS, "")).contains("\"ticketsSold\":1", "\"revision\":1");
		}
	}

}
