package dev.lastseat.security;

import java.util.List;
import java.util.UUID;

import dev.lastseat.BufferedResponses;
import dev.lastseat.CapturedAccessLog;
import dev.lastseat.QuietOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each problem is logged, also if the request is rejected before it reaches a route.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.max-streams=0" })
@ExtendWith(QuietOutput.class)
class AccessLogTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final String GALA = "{\"title\": \"Gala\", \"startsAt\": \"2026-12-01T19:00:00Z\", \"capacity\": 1}";

	@LocalServerPort
	private int port;

	private CapturedAccessLog log;

	private String event;

	@DynamicPropertySource
	static void trustTheKey(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location",
				() -> TOKENS.publicKey().toUri().toString());
	}

	@BeforeEach
	void fillAnEvent() {
		this.log = new CapturedAccessLog();
		String boss = TOKENS.of("boss", "events:write registrations:write");
		this.event = send(UUID.randomUUID().toString(), "POST", "/api/v1/events", GALA, boss).getResponseHeaders()
			.getLocation()
			.toString();
		send(UUID.randomUUID().toString(), "PUT", this.event + "/registrations/first", "", boss);
	}

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	private EntityExchangeResult<byte[]> send(String id, String method, String path, String body,
			@Nullable String token) {
		return WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.baseUrl("http://127.0.0.1:" + this.port)
			.build()
			.method(HttpMethod.valueOf(method))
			.uri(path)
			.headers((headers) -> {
				headers.set("X-Request-Id", id);
				if (!body.isEmpty()) {
					headers.setContentType(MediaType.APPLICATION_JSON);
				}
				if (path.endsWith("/status")) {
					headers.setAccept(List.of(MediaType.TEXT_EVENT_STREAM));
				}
				if (token != null) {
					headers.setBearerAuth(token);
				}
			})
			.bodyValue(body)
			.exchange()
			.expectBody()
			.returnResult();
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/v1/events, none, /api/v1/events 401 unauthorized",
			"PATCH, EVENT, bad, /api/v1/events/{eventId} 401 unauthorized",
			"PUT, EVENT/registrations/ada, none, /api/v1/events/{eventId}/registrations/{userId} 401 unauthorized",
			"DELETE, EVENT/registrations/ada, bad, /api/v1/events/{eventId}/registrations/{userId} 401 unauthorized",
			"HEAD, EVENT/registrations, none, /api/v1/events/{eventId}/registrations 401 unauthorized",
			"GET, EVENT, bad, /api/v1/events/{eventId} 401 unauthorized",
			"GET, /api/v1/users/ada/registrations, none, /api/v1/users/{userId}/registrations 401 unauthorized",
			"GET, /api/v1/nothing, none, - 401 unauthorized",
			"GET, /actuator/metrics, none, /actuator/metrics 401 unauthorized",
			"GET, /actuator/metrics/a, ada, /actuator/metrics/{requiredMetricName} 403 forbidden",
			"POST, /api/v1/events, ada, /api/v1/events 403 forbidden",
			"PUT, EVENT/registrations/bob, ada, /api/v1/events/{eventId}/registrations/{userId} 403 forbidden",
			"PUT, EVENT/registrations/ada, ada, /api/v1/events/{eventId}/registrations/{userId} 409 sold-out",
			"POST, EVENT/registrations, ada, /api/v1/events/{eventId}/registrations 415 unsupported-media-type",
			"GET, /api/v1/events?limit=x, none, /api/v1/events 400 invalid-request",
			"GET, EVENT/registrations/ada, ada, /api/v1/events/{eventId}/registrations/{userId} 404 registration-not-found",
			"GET, /api/v1/events/x, none, /api/v1/events/{eventId} 404 event-not-found",
			"GET, EVENT/status, none, /api/v1/events/{eventId}/status 503 overloaded",
			"PUT, /api/v1/events, ada, /api/v1/events 405 method-not-allowed",
			"GET, /ada-was-here, none, - 404 not-found" })
	void logsTheRouteAndTheCodeOfEachProblem(String method, String path, String caller, String line) {
		String id = UUID.randomUUID().toString();
		String token = switch (caller) {
			case "none" -> null;
			case "bad" -> "e30.e30.e30";
			default -> TOKENS.of(caller, "");
		};

		send(id, method, path.replace("EVENT", this.event), "", token);

		assertThat(this.log.linesOf(id)).containsExactly(method + " " + line);
	}

	@Test
	void doesNotLogOtherRequests() {
		String id = UUID.randomUUID().toString();

		send(id, "GET", this.event, "", null);
		send(id, "GET", "/actuator/health", "", null);

		assertThat(this.log.linesOf(id)).isEmpty();
	}

	@Test
	void logsTheIdOfTheRequest(CapturedOutput output) {
		send("quoted-by-a-client", "POST", "/api/v1/events", "", null);

		await().untilAsserted(
				() -> assertThat(output.getOut().lines()).filteredOn((line) -> line.contains("[quoted-by-a-client]"))
					.singleElement()
					.asString()
					.contains("INFO", "dev.lastseat.access", "POST /api/v1/events 401 unauthorized"));
	}

	@Test
	void countsProblemsByRouteAndCode() {
		send("counted", "PATCH", this.event, "", null);
		send("counted", "POST", "/api/v1/events", "", TOKENS.of("ada", ""));
		send("counted", "GET", this.event + "/status", "", null);

		String metrics = new String(
				send("scrape", "GET", "/actuator/prometheus", "", TOKENS.of("ada", "metrics:read")).getResponseBody());

		assertThat(metrics.lines()).filteredOn((line) -> line.startsWith("http_server_requests_seconds_count"))
			.anyMatch((line) -> line.contains("exception=\"unauthorized\"") && line.contains("status=\"401\"")
					&& line.contains("uri=\"/api/v1/events/{eventId}\""))
			.anyMatch((line) -> line.contains("exception=\"forbidden\"") && line.contains("status=\"403\"")
					&& line.contains("uri=\"/api/v1/events\""))
			.anyMatch((line) -> line.contains("exception=\"overloaded\"") && line.contains("status=\"503\"")
					&& line.contains("uri=\"/api/v1/events/{eventId}/status\""));
	}

}
