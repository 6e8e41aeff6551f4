package dev.lastseat;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The access log with {@code lastseat.web.access-log=all}, a line for every request.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.access-log=all" })
class FullAccessLogTest {

	@LocalServerPort
	private int port;

	private CapturedAccessLog log;

	private String event;

	@BeforeEach
	void listen() {
		this.log = new CapturedAccessLog();
		this.event = send("create", HttpMethod.POST, "/api/v1/events",
				Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 1))
			.getHeaders()
			.getLocation()
			.toString();
		send("first", HttpMethod.PUT, this.event + "/registrations/first", "");
	}

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	private ResponseEntity<String> send(String id, HttpMethod method, String path, Object body) {
		return request(id, method, path).bodyValue(body)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block();
	}

	private WebClient.RequestBodySpec request(String id, HttpMethod method, String path) {
		return WebClient.create("http://127.0.0.1:" + this.port).method(method).uri(path).header("X-Request-Id", id);
	}

	/** Waits, because the line of a request can be written after its answer is sent. */
	private void expectLine(String id, String pattern) {
		await().untilAsserted(() -> assertThat(this.log.linesOf(id)).singleElement().asString().matches(pattern));
	}

	@ParameterizedTest
	@CsvSource({ "GET, EVENT, /api/v1/events/\\{eventId} 200",
			"PUT, EVENT/registrations/first, /api/v1/events/\\{eventId}/registrations/\\{userId} 200",
			"PUT, EVENT/registrations/ada, /api/v1/events/\\{eventId}/registrations/\\{userId} 409 sold-out",
			"DELETE, EVENT/registrations/ada, /api/v1/events/\\{eventId}/registrations/\\{userId} 204",
			"PUT, EVENT/registrations/a%20b, /api/v1/events/\\{eventId}/registrations/\\{userId} 400 invalid-request",
			"PATCH, /api/v1/events, /api/v1/events 405 method-not-allowed", "GET, /ada-was-here, - 404 not-found",
			"GET, /, / 200", "GET, /actuator/health, /actuator/health 200",
			"HEAD, /actuator/health, /actuator/health 200" })
	void logsOneLineWithTheDurationForEachRequest(String method, String path, String line) {
		String id = UUID.randomUUID().toString();

		send(id, HttpMethod.valueOf(method), path.replace("EVENT", this.event).replace("%20", " "), "");

		expectLine(id, method + " " + line + " \\d+ ms");
	}

	@Test
	void logsAStreamWhenItEnds() {
		String id = UUID.randomUUID().toString();

		try (SseClient stream = SseClient.open("http://127.0.0.1:" + this.port + this.event + "/status", "X-Request-Id",
				id)) {
			assertThat(stream.next() + stream.next()).contains("\"ticketsSold\":1");
			send("later", HttpMethod.GET, this.event, "");
			expectLine("later", "GET .*");
			assertThat(this.log.linesOf(id)).isEmpty();
		}

		expectLine(id, "GET /api/v1/events/\\{eventId}/status 200 \\d+ ms");
	}

}
