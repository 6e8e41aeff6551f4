package dev.lastseat;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes on one database. An environment variable names the server.
 */
@EnabledIfEnvironmentVariable(named = SharedDatabaseIT.URI, matches = "mongodb.+",
		disabledReason = "needs a MongoDB server, named by " + SharedDatabaseIT.URI)
class SharedDatabaseIT {

	static final String URI = "LASTSEAT_TEST_MONGODB_URI";

	private static final String GALA = """
			{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 2}""";

	private final String database = "lastseat-" + UUID.randomUUID();

	@TempDir
	private Path directory;

	private PackagedProcess start() {
		return PackagedProcess
			.start(this.directory, "--server.port=0", "--spring.mongodb.uri=" + System.getenv(URI),
					"--spring.mongodb.database=" + this.database)
			.awaitReady();
	}

	@AfterEach
	void dropTheDatabase() {
		try (MongoClient client = MongoClients.create(System.getenv(URI))) {
			Mono.from(client.getDatabase(this.database).drop()).block();
		}
	}

	@Test
	void streamsTheBookingsOfAnotherProcess() {
		try (PackagedProcess one = start(); PackagedProcess other = start()) {
			String event = "/api/v1/events/"
					+ one.send("POST", "/api/v1/events", GALA).replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
			try (SseClient stream = SseClient.open(other.address(event + "/status"))) {
				assertThat(stream.next()).isEqualTo("retry: 2000\n\n");
				assertThat(stream.next()).contains("\"ticketsSold\":0");

				expectStreamed(one, event + "/registrations/ada", stream, "\"ticketsSold\":1");
				expectStreamed(one, event + "/registrations/bob", stream, "\"ticketsSold\":2");
			}
		}
	}

	private static void expectStreamed(PackagedProcess service, String registration, SseClient stream, String part) {
		CompletableFuture<String> next = CompletableFuture.supplyAsync(stream::next);
		assertThat(service.send("PUT", registration, "")).startsWith("201");
		assertThat(next).succeedsWithin(TestRun.TIMEOUT).asString().contains(part);
	}

}
