package dev.lastseat.security;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.lastseat.BufferedResponses;
import dev.lastseat.TestRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The whole service as a resource server: which token allows which request, and how all
 * other requests are rejected.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory",
				"spring.security.oauth2.resourceserver.jwt.audiences=" + AccessTokens.AUDIENCE })
class AccessTokenTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final String EVENTS = "/api/v1/events";

	private static final String SOME_ID = "65f000000000000000000001";

	private static final String GALA = """
			{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 5}""";

	private static final String CHALLENGE = "Bearer realm=\"lastseat\"";

	private static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

	@LocalServerPort
	private int port;

	private WebTestClient client;

	private String event;

	@DynamicPropertySource
	static void trustTheKey(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location",
				() -> TOKENS.publicKey().toUri().toString());
	}

	@BeforeEach
	void createEvent() {
		this.client = WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.responseTimeout(TestRun.TIMEOUT)
			.baseUrl("http://127.0.0.1:" + this.port)
			.build();
		this.event = send("POST", EVENTS, GALA, TOKENS.of("boss", "events:write")).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getLocation()
			.toString();
	}

	private WebTestClient.ResponseSpec send(String method, String path, String body, @Nullable String token) {
		return this.client.method(HttpMethod.valueOf(method)).uri(path).headers((headers) -> {
			if (!body.isEmpty()) {
				headers.setContentType(MediaType.APPLICATION_JSON);
			}
			if (token != null) {
				headers.setBearerAuth(token);
			}
		}).bodyValue(body).exchange();
	}

	private static void expectRejected(WebTestClient.ResponseSpec answer, int status, String code, String challenge) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, challenge)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo(code)
			.jsonPath("$.type")
			.isEqualTo("/problems/" + code)
			.jsonPath("$.retryable")
			.isEqualTo(false);
	}

	/**
	 * With {@code Connection: close}, as the server answers when it rejects a request by
	 * itself.
	 */
	@Test
	void rejectsAHeadWithTheStatusOfGet() {
		String registration = this.event + "/registrations/ada";

		for (String token : List.of("nonsense", TOKENS.of("bob", ""))) {
			List<HttpStatusCode> answers = Stream.of(HttpMethod.GET, HttpMethod.HEAD)
				.map((method) -> this.client.method(method)
					.uri(registration)
					.headers((headers) -> headers.setBearerAuth(token))
					.header("Connection", "close")
					.exchange()
					.expectBody()
					.returnResult()
					.getStatus())
				.toList();

			assertThat(answers.get(0).value()).isIn(401, 403);
			assertThat(answers.get(1)).isEqualTo(answers.get(0));
		}
	}

	static Stream<Arguments> badTokens() {
		String scopes = "events:write registrations:write metrics:read";
		return Stream.of(arguments("not a token", "nonsense"),
				arguments("expired", TOKENS.of("ada", scopes, (claims) -> claims.expirationTime(hourAgo()))),
				arguments("for another audience", TOKENS.of("ada", scopes, (claims) -> claims.audience("kitchen"))),
				arguments("for no audience", TOKENS.of("ada", scopes, (claims) -> claims.audience((String) null))),
				arguments("not valid yet",
						TOKENS.of("ada", scopes,
								(claims) -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1)))))),
				arguments("signed with another key", new AccessTokens().of("ada", scopes)),
				arguments("unsigned", TOKENS.unsigned("ada", scopes)), arguments("with forged claims", forged(scopes)));
	}

	private static Date hourAgo() {
		return Date.from(Instant.now().minus(Duration.ofHours(1)));
	}

	/**
	 * A token with the claims of one token and the signature of another.
	 */
	private static String forged(String scopes) {
		String signed = TOKENS.of("bob", scopes);
		String claimed = TOKENS.of("ada", scopes);
		return claimed.substring(0, claimed.lastIndexOf('.')) + signed.substring(signed.lastIndexOf('.'));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badTokens")
	void refusesATokenThatIs(String flaw, String token) {
		expectRejected(send("PUT", this.event + "/registrations/ada", "", token), 401, "unauthorized", INVALID_TOKEN);
		expectRejected(send("POST", EVENTS, GALA, token), 401, "unauthorized", INVALID_TOKEN);
		expectRejected(send("GET", "/actuator/metrics", "", token), 401, "unauthorized", INVALID_TOKEN);
		send("GET", this.event, "", null).expectBody().jsonPath("$.ticketsSold").isEqualTo(0);
	}

	@ParameterizedTest
	@CsvSource({ "GET,    ,                      ", "GET,    /status,               ",
			"HEAD,   ,                      ", "HEAD,   /status,               " })
	void readsAnEventWithoutAToken(String method, String path) {
		send(method, this.event + ((path != null) ? path : ""), "", null).expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { EVENTS, "/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness",
			"/actuator/info", "/problems/sold-out" })
	void readsPublicPathsWithoutAToken(String path) {
		send("GET", path, "", null).expectStatus().isOk();
	}

	@ParameterizedTest
	@CsvSource({ "POST,   /api/v1/events", "PATCH,  EVENT", "DELETE, EVENT", "GET,    EVENT/registrations",
			"HEAD,   EVENT/registrations", "GET,    EVENT/holds", "HEAD,   EVENT/holds", "GET,    EVENT/waiting-list",
			"HEAD,   EVENT/waiting-list", "GET,    EVENT/journal", "HEAD,   EVENT/journal" })
	void needsTheScopeToManageEvents(String method, String path) {
		String address = path.replace("EVENT", this.event);
		String body = method.equals("POST") ? GALA : method.equals("PATCH") ? "{\"capacity\": 6}" : "";

		send(method, address, body, null).expectStatus().isUnauthorized();
		send(method, address, body, TOKENS.of("ada", "registrations:write metrics:read")).expectStatus().isForbidden();
		send(method, address, body, TOKENS.of("ada", "events:write")).expectStatus().is2xxSuccessful();
	}

	@ParameterizedTest
	@CsvSource({ "POST,   EVENT/registrations", "PUT,    EVENT/registrations/ada", "GET,    EVENT/registrations/ada",
			"HEAD,   EVENT/registrations/ada", "DELETE, EVENT/registrations/ada", "GET,    EVENT/users/ada",
			"HEAD,   EVENT/users/ada", "GET,    /api/v1/users/ada/registrations",
			"HEAD,   /api/v1/users/ada/registrations" })
	void allowsACallerToActForItselfOnly(String method, String path) {
		String address = path.replace("EVENT", this.event);
		String body = method.equals("POST") ? "{\"userId\": \"ada\"}" : "";
		if (!method.equals("POST")) {
			send("PUT", this.event + "/registrations/ada", "", TOKENS.of("ada", "")).expectStatus().isCreated();
		}

		send(method, address, body, null).expectStatus().isUnauthorized();
		send(method, address, body, TOKENS.of("bob", "events:write metrics:read")).expectStatus().isForbidden();
		send(method, address, body, TOKENS.of("adam", "")).expectStatus().isForbidden();
		send(method, address, body, TOKENS.of("Ada", "")).expectStatus().isForbidden();
		assertThat(ticketsSold()).isEqualTo(method.equals("POST") ? 0 : 1);
		send(method, address, body, TOKENS.of("ada", "")).expectStatus().is2xxSuccessful();
	}

	@Test
	void allowsACallerToHoldAndConfirmForItselfOnly() {
		String hold = this.event + "/holds/ada";
		String registration = this.event + "/registrations/ada";
		String ada = TOKENS.of("ada", "");

		for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
			send("PUT", hold, "", ada).expectStatus().is2xxSuccessful();
			send(method, hold, "", null).expectStatus().isUnauthorized();
			send(method, hold, "", TOKENS.of("bob", "events:write metrics:read")).expectStatus().isForbidden();
			send(method, hold, "", TOKENS.of("Ada", "")).expectStatus().isForbidden();
			send(method, hold, "", ada).expectStatus().is2xxSuccessful();
		}
		send("PUT", hold, "", ada).expectStatus().isCreated();
		send("PUT", registration, "", TOKENS.of("bob", "")).expectStatus().isForbidden();
		send("GET", hold, "", ada).expectStatus().isOk();
		send("PUT", registration, "", ada).expectStatus().isCreated();
		send("GET", hold, "", ada).expectStatus().isNotFound();
	}

	@Test
	void allowsACallerToWaitForItselfOnly() {
		String place = this.event + "/waiting-list/ada";
		String ada = TOKENS.of("ada", "");
		send("PATCH", this.event, "{\"capacity\": 1}", TOKENS.of("boss", "events:write")).expectStatus().isOk();
		send("PUT", this.event + "/registrations/eve", "", TOKENS.of("eve", "")).expectStatus().isCreated();

		for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
			send("PUT", place, "", ada).expectStatus().is2xxSuccessful();
			send(method, place, "", null).expectStatus().isUnauthorized();
			send(method, place, "", TOKENS.of("bob", "events:write metrics:read")).expectStatus().isForbidden();
			send(method, place, "", TOKENS.of("Ada", "")).expectStatus().isForbidden();
			send(method, place, "", ada).expectStatus().is2xxSuccessful();
		}
		send("GET", place, "", ada).expectStatus().isNotFound();
		send("PUT", place, "", TOKENS.of("desk", "registrations:write")).expectStatus().isCreated();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/registrations", "/holds" })
	void needsTheScopeForAParty(String list) {
		String body = "{\"userIds\": [\"ada\"]}";

		send("PUT", this.event + list, body, null).expectStatus().isUnauthorized();
		send("PUT", this.event + list, body, TOKENS.of("ada", "events:write metrics:read")).expectStatus()
			.isForbidden();
		send("GET", this.event, "", null).expectBody().jsonPath("$.remaining").isEqualTo(5);
		send("PUT", this.event + list, body, TOKENS.of("desk", "registrations:write")).expectStatus().isCreated();
	}

	static Stream<String> subjects() {
		return Stream.of("auth0|507f1f77bcf86cd799439011", "a+b@example.org", "CN=Ada,O=X", "q83vEjRWeJ+/==",
				"https://id.example.org/users/7?x=1#me", "urn:uuid:0c1e", "100%", "%2F", "..;", "u".repeat(200));
	}

	@ParameterizedTest
	@MethodSource("subjects")
	void allowsACallerToActForItselfWithAnyFormOfSubject(String subject) {
		String token = TOKENS.of(subject, "");
		String body = JsonMapper.shared().writeValueAsString(Map.of("userId", subject));

		URI registration = send("POST", this.event + "/registrations", body, token).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.userId")
			.isEqualTo(subject)
			.returnResult()
			.getResponseHeaders()
			.getLocation();

		for (String method : List.of("PUT", "GET", "DELETE")) {
			sendRaw(method, registration.toString(), TOKENS.of("bob", "")).expectStatus().isForbidden();
			sendRaw(method, registration.toString(), token).expectStatus().is2xxSuccessful();
		}
		sendRaw("GET", registration.toString(), token).expectStatus().isNotFound();
	}

	/**
	 * Sends the path as it is: it is already encoded.
	 */
	private WebTestClient.ResponseSpec sendRaw(String method, String path, String token) {
		return this.client.method(HttpMethod.valueOf(method))
			.uri(URI.create("http://127.0.0.1:" + this.port + path))
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange();
	}

	@Test
	void allowsACallerWithTheScopeToActForAnyUser() {
		String desk = TOKENS.of("desk", "registrations:write");

		send("POST", this.event + "/registrations", "{\"userId\": \"ada\"}", desk).expectStatus().isCreated();
		send("PUT", this.event + "/registrations/bob", "", desk).expectStatus().isCreated();
		send("GET", this.event + "/registrations/ada", "", desk).expectStatus().isOk();
		send("GET", "/api/v1/users/bob/registrations", "", desk).expectStatus().isOk();
		send("DELETE", this.event + "/registrations/ada", "", desk).expectStatus().isNoContent();
		send("PUT", this.event + "/holds/eve", "", desk).expectStatus().isCreated();
		assertThat(ticketsSold()).isEqualTo(1);
	}

	@Test
	void namesTheMissingTokenOrScope() {
		expectRejected(send("PUT", this.event + "/registrations/ada", "", null), 401, "unauthorized", CHALLENGE);
		expectRejected(send("PUT", this.event + "/registrations/ada", "", TOKENS.of("bob", "")), 403, "forbidden",
				CHALLENGE + ", error=\"insufficient_scope\"");
		expectRejected(send("POST", EVENTS, GALA, TOKENS.of("bob", "")), 403, "forbidden",
				CHALLENGE + ", error=\"insufficient_scope\"");
	}

	@Test
	void readsMetricsAndTheListOfLibrariesWithTheScopeOnly() {
		for (String path : new String[] { "/actuator", "/actuator/metrics", "/actuator/metrics/jvm.memory.used",
				"/actuator/sbom" }) {
			send("GET", path, "", null).expectStatus().isUnauthorized();
			send("GET", path, "", TOKENS.of("ada", "events:write registrations:write")).expectStatus().isForbidden();
			send("GET", path, "", TOKENS.of("ada", "metrics:read")).expectStatus().isOk();
		}
	}

	/**
	 * No spelling of a path bypasses the rule of its route.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/actuator/metrics;a", "/actuator;a=b/metrics", "//actuator/metrics", "/actuator//metrics",
			"/actuator/metrics/", "/actuator/./metrics", "/x/../actuator/metrics", "/actuator/%2E/metrics",
			"/actuator%2Fmetrics", "/actuator/%6Detrics", "/ACTUATOR/metrics", "EVENT/registrations;a",
			"EVENT;a/registrations", "EVENT//registrations", "EVENT/registrations/", "EVENT/%72egistrations",
			"EVENT/registrations/%61da", "EVENT/x/../registrations", "EVENT/registrations/ada;a", "EVENT/holds;a",
			"EVENT/%68olds", "EVENT/holds/%61da", "EVENT//holds", "EVENT/%6aournal", "EVENT/journal;a",
			"EVENT/waiting-list;a", "EVENT/waiting%2Dlist", "EVENT/waiting-list/%61da", "EVENT/users/ada;a" })
	void requiresATokenForEverySpellingOfAPath(String path) {
		URI address = URI.create("http://127.0.0.1:" + this.port + path.replace("EVENT", this.event));

		assertThat(this.client.get().uri(address).exchange().expectBody().returnResult().getStatus())
			.isIn(HttpStatus.UNAUTHORIZED, HttpStatus.NOT_FOUND);
	}

	/**
	 * Every route has a rule.
	 */
	@Test
	void requiresATokenExactlyWhereTheDescriptionOfTheApiSaysSo() {
		JsonNode paths = describedPaths();

		List<String> differences = paths.propertyStream()
			.flatMap((path) -> path.getValue()
				.propertyStream()
				.filter((operation) -> requiresToken(operation.getKey(),
						path.getKey()) == operation.getValue().path("security").isEmpty())
				.map((operation) -> operation.getKey() + " " + path.getKey()))
			.toList();

		assertThat(paths.size()).isGreaterThan(5);
		assertThat(differences).isEmpty();
	}

	private JsonNode describedPaths() {
		return JsonMapper.shared()
			.readTree(send("GET", "/v3/api-docs", "", null).expectBody().returnResult().getResponseBody())
			.path("paths");
	}

	private boolean requiresToken(String method, String path) {
		return status(method, path, null).isSameCodeAs(HttpStatus.UNAUTHORIZED);
	}

	/**
	 * The caller is the user of the request, so it needs scopes only for requests that
	 * are not about a user.
	 */
	@Test
	void requiresExactlyTheScopesOfTheDescriptionOfTheApi() {
		String token = TOKENS.of(SOME_ID, "");

		List<String> differences = describedPaths().propertyStream()
			.flatMap((path) -> path.getValue()
				.propertyStream()
				.filter((operation) -> status(operation.getKey(), path.getKey(), token)
					.isSameCodeAs(HttpStatus.FORBIDDEN) == operation.getValue().at("/security/0/jwt").isEmpty())
				.map((operation) -> operation.getKey() + " " + path.getKey()))
			.toList();

		assertThat(differences).isEmpty();
	}

	private HttpStatusCode status(String method, String path, @Nullable String token) {
		String address = path.replaceAll("\\{\\w+}", SOME_ID);
		return send(method.toUpperCase(Locale.ROOT), address, "", token).expectBody().returnResult().getStatus();
	}

	@Test
	void doesNotRevealRegistrationsToOtherCallers() {
		send("PUT", this.event + "/registrations/ada", "", TOKENS.of("ada", "")).expectStatus().isCreated();

		send("GET", this.event + "/registrations/ada", "", TOKENS.of("bob", "")).expectStatus().isForbidden();
		send("GET", this.event + "/registrations/eve", "", TOKENS.of("bob", "")).expectStatus().isForbidden();
		send("GET", EVENTS + "/" + SOME_ID + "/registrations/ada", "", TOKENS.of("bob", "")).expectStatus()
			.isForbidden();
	}

	private int ticketsSold() {
		return Integer
			.parseInt(new String(send("GET", this.event, "", null).expectBody().returnResult().getResponseBody())
				.replaceAll(".*\"ticketsSold\":(\\d+).*", "$1"));
	}

}
