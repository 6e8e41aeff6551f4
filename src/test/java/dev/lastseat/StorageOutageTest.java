package dev.lastseat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

import dev.lastseat.embedded.TestEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service, while its database goes away and comes back.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.mongodb.server-selection-timeout=300ms", "lastseat.web.request-timeout=3s" })
class StorageOutageTest {

	private static final TestEngine ENGINE = new TestEngine();

	private static final TcpProxy PROXY = new TcpProxy(
			new InetSocketAddress("127.0.0.1", URI.create(ENGINE.connectionString()).getPort()));

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void reachTheEngineThroughTheProxy(DynamicPropertyRegistry registry) {
		registry.add("spring.mongodb.uri", () -> "mongodb://127.0.0.1:" + PROXY.port());
	}

	@AfterAll
	static void stop() {
		PROXY.close();
		ENGINE.close();
	}

	@Test
	void refusesWhileTheDatabaseIsAwayAndRecoversByItself() {
		String event = send(HttpMethod.POST, "/api/v1/events", """
				{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 5}""").getHeaders()
			.getLocation()
			.toString();
		assertThat(status(HttpMethod.PUT, event + "/registrations/ada")).isEqualTo(201);

		PROXY.cut();

		ResponseEntity<String> refused = send(HttpMethod.PUT, event + "/registrations/bob", "");
		assertThat(refused.getStatusCode().value()).isEqualTo(503);
		assertThat(refused.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("1");
		assertThat(refused.getBody()).contains("\"code\":\"storage-unavailable\"", "\"retryable\":true");
		assertThat(status(HttpMethod.GET, "/actuator/health/liveness")).isEqualTo(200);
		assertThat(status(HttpMethod.GET, "/actuator/health/readiness")).isEqualTo(503);

		PROXY.restore();

		Awaitility.await().atMost(PATIENCE).until(() -> status(HttpMethod.GET, "/actuator/health/readiness") == 200);
		assertThat(status(HttpMethod.PUT, event + "/registrations/ada")).isEqualTo(200);
		assertThat(status(HttpMethod.PUT, event + "/registrations/bob")).isIn(200, 201);
		assertThat(send(HttpMethod.GET, event, "").getBody()).contains("\"ticketsSold\":2");
	}

	private int status(HttpMethod method, String path) {
		return send(method, path, "").getStatusCode().value();
	}

	private ResponseEntity<String> send(HttpMethod method, String path, String body) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.method(method)
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block(PATIENCE);
	}

}
