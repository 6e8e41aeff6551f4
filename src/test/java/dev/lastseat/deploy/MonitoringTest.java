package dev.lastseat.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.CapturedLog;
import dev.lastseat.ProxiedEngine;
import dev.lastseat.TestRun;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the dashboard, the alerts and the probes in {@code deploy} with a service that
 * has had traffic, a fault and an outage.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "lastseat.mongodb.server-selection-timeout=300ms" })
class MonitoringTest {

	private static final ProxiedEngine ENGINE = new ProxiedEngine();

	/** A request is counted after its answer, and a pause after its collection. */
	private static final Duration LIMIT = Duration.ofSeconds(30);

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web", "dev.lastseat.mongo").allowing(".*");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private MongoDatabase database;

	@DynamicPropertySource
	static void useTheProxiedEngine(DynamicPropertyRegistry registry) {
		registry.add("spring.mongodb.uri", ENGINE::connectionString);
	}

	@AfterAll
	static void stop() {
		ENGINE.close();
	}

	@Test
	void exposesEachMetricLabelAndValueOfTheDashboardAndTheAlerts() {
		String event = send(this.port, HttpMethod.POST, "/api/v1/events", """
				{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 5}""").getHeaders()
			.getLocation()
			.toString();
		assertThat(status(HttpMethod.PUT, event + "/registrations/ada")).isEqualTo(201);
		failACommand();
		failABooking(event);
		failReads(event);
		System.gc();

		List<String> queries = new ArrayList<>(Dashboard.queries());
		AlertRule.all().forEach((alert) -> queries.add(alert.expression()));
		assertThat(queries).hasSizeGreaterThan(50);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			ExposedMetrics metrics = ExposedMetrics.parse(get("/actuator/prometheus").getBody());
			assertThat(queries).allSatisfy((query) -> assertThat(PromQuery.parse(query).missingIn(metrics)).isEmpty());
		});
	}

	@Test
	void answersEachProbeOfTheDeployment() {
		YamlFile container = YamlFile.read("deploy/kubernetes/base/deployment.yaml")
			.at("spec/template/spec/containers/0");

		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(Stream.of("startupProbe", "readinessProbe", "livenessProbe")).allSatisfy(
					(probe) -> assertThat(get(container.at(probe + "/httpGet/path").text()).getStatusCode().value())
						.isEqualTo(200)));
	}

	/** As a server does that refuses to open a change stream. */
	private void failACommand() {
		Document command = new Document("aggregate", "events")
			.append("pipeline", List.of(new Document("$unknown", new Document())))
			.append("cursor", new Document());
		assertThat(Mono.from(this.database.runCommand(command)).materialize().block(TestRun.TIMEOUT).isOnError())
			.isTrue();
	}

	/** The registrations of this event are no array, so the server refuses the update. */
	private void failABooking(String event) {
		ObjectId id = new ObjectId(event.substring(event.lastIndexOf('/') + 1));
		Mono.from(this.database.getCollection("events")
			.updateOne(Filters.eq(id), Updates.set("registration_ids", "none"))).block(TestRun.TIMEOUT);
		assertThat(status(HttpMethod.PUT, event + "/registrations/bob")).isEqualTo(500);
	}

	private void failReads(String event) {
		ENGINE.proxy().cut();
		assertThat(status(HttpMethod.GET, event)).isEqualTo(503);
		assertThat(get("/actuator/health/readiness").getStatusCode().value()).isEqualTo(503);
		ENGINE.proxy().restore();
	}

	private int status(HttpMethod method, String path) {
		return send(this.port, method, path, "").getStatusCode().value();
	}

	private ResponseEntity<String> get(String path) {
		return send(this.managementPort, HttpMethod.GET, path, "");
	}

	private static ResponseEntity<String> send(int port, HttpMethod method, String path, String body) {
		return WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(1 << 20))
			.build()
			.method(method)
			.uri("http://127.0.0.1:" + port + path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block(TestRun.TIMEOUT);
	}

}
