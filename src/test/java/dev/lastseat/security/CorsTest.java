package dev.lastseat.security;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CORS headers of the whole service with all of its filters. The service requires tokens,
 * and one stream reaches the limit of streams.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.max-streams=1",
				"lastseat.web.cors.allowed-origins=" + CorsTest.SHOP + "," + CorsTest.LOCAL,
				"management.endpoints.web.cors.allowed-origins=" + CorsTest.LOCAL })
class CorsTest {

	static final String SHOP = "https://tickets.example.org";

	static final String LOCAL = "http://localhost:3000";

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final String EVENTS = "/api/v1/events";

	private static final String GALA = "{\"title\": \"Gala\", \"startsAt\": \"2026-12-01T19:00:00Z\", \"capacity\": 1}";

	private static final List<String> EXPOSED = List.of("Location", "ETag", "Link", "Retry-After", "Date",
			"X-Request-Id", "WWW-Authenticate");

	@LocalServerPort
	private int port;

	private String event;

	@DynamicPropertySource
	static void trustTheKey(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location",
				() -> TOKENS.publicKey().toUri().toString());
	}

	@BeforeEach
	void fillAnEvent() {
		this.event = create((headers) -> {
		}).getHeaders().getLocation().toString();
		send(HttpMethod.PUT, this.event + "/registrations/first", boss(), (headers) -> {
		});
	}

	private ResponseEntity<String> create(Consumer<HttpHeaders> more) {
		return request(HttpMethod.POST, EVENTS, boss(), more).contentType(MediaType.APPLICATION_JSON)
			.bodyValue(GALA)
			.exchangeToMono((answer) -> answer.toEntity(String.class))
			.block();
	}

	private static String boss() {
		return TOKENS.of("boss", "events:write registrations:write");
	}

	private WebClient.RequestBodySpec request(HttpMethod method, String path, @Nullable String token,
			Consumer<HttpHeaders> more) {
		return WebClient.create("http://127.0.0.1:" + this.port).method(method).uri(path).headers((headers) -> {
			if (token != null) {
				headers.setBearerAuth(token);
			}
			more.accept(headers);
		});
	}

	private ResponseEntity<String> send(HttpMethod method, String path, @Nullable String token,
			Consumer<HttpHeaders> more) {
		return request(method, path, token, more).exchangeToMono((answer) -> answer.toEntity(String.class)).block();
	}

	private ResponseEntity<String> preflight(String path, String origin, String method, @Nullable String headers) {
		return send(HttpMethod.OPTIONS, path, null, (request) -> {
			request.setOrigin(origin);
			request.set(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, method);
			if (headers != null) {
				request.set(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, headers);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/events, https://tickets.example.org, POST, 'authorization,content-type'",
			"EVENT, http://localhost:3000, PATCH, 'authorization,content-type,if-match'",
			"EVENT, http://localhost:3000, GET, 'if-none-match,x-request-id'",
			"EVENT/registrations/ada, https://tickets.example.org, PUT, Authorization",
			"EVENT/registrations/ada, https://tickets.example.org, DELETE, Authorization",
			"EVENT/status, https://tickets.example.org, GET, 'Last-Event-ID, X-Request-Id'",
			"/api/v1/status, https://tickets.example.org, HEAD,",
			"/problems/sold-out, https://tickets.example.org, GET,", "/v3/api-docs, https://tickets.example.org, GET,",
			"/v3/api-docs.yaml, http://localhost:3000, GET," })
	void allowsAPreflightOfAListedOriginWithoutAToken(String path, String origin, String method,
			@Nullable String headers) {
		ResponseEntity<String> answer = preflight(path.replace("EVENT", this.event), origin, method, headers);

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(answer.getHeaders().getAccessControlAllowOrigin()).isEqualTo(origin);
		assertThat(answer.getHeaders().getAccessControlAllowMethods()).contains(HttpMethod.valueOf(method));
		assertThat(answer.getHeaders().getAccessControlMaxAge()).isEqualTo(1800);
		assertThat(answer.getHeaders().getVary()).contains("Origin");
		assertThat(answer.getHeaders().getFirst("X-Request-Id")).isNotEmpty();
		if (headers != null) {
			assertThat(String.join(",", answer.getHeaders().getAccessControlAllowHeaders()).split(", ?"))
				.containsExactlyInAnyOrder(headers.split(", ?"));
		}
		assertThat(answer.getHeaders().getAccessControlAllowCredentials()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://other.example.org, PUT,", "http://tickets.example.org, PUT,",
			"https://tickets.example.org:8443, PUT,", "https://a.tickets.example.org, PUT,",
			"https://tickets.example.org.evil.example, PUT,", "null, PUT,", "nonsense, PUT,",
			"https://tickets.example.org, TRACE,", "https://tickets.example.org, BREW,",
			"https://tickets.example.org, PUT, X-Other" })
	void refusesAnyOtherPreflightWithAProblem(String origin, String method, @Nullable String headers) {
		ResponseEntity<String> answer = preflight(this.event + "/registrations/ada", origin, method, headers);

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).contains("\"code\":\"forbidden\"");
		assertThat(answer.getHeaders().getAccessControlAllowOrigin()).isNull();
		assertThat(answer.getHeaders().getVary()).contains("Origin");
	}

	@ParameterizedTest
	@CsvSource({ "GET, EVENT, none, 200", "HEAD, EVENT, none, 200", "GET, /api/v1/events, none, 200",
			"GET, /api/v1/events/x, none, 404", "GET, /api/v1/events?limit=x, none, 400",
			"PUT, EVENT/registrations/ada, none, 401", "PUT, EVENT/registrations/ada, bad, 401",
			"PUT, EVENT/registrations/ada, bob, 403", "PUT, EVENT/registrations/ada, ada, 409",
			"POST, EVENT/registrations, ada, 400", "PUT, /api/v1/events, ada, 405", "GET, /api/v1/nothing, ada, 404",
			"GET, /problems/sold-out, none, 200", "GET, /problems/nothing, none, 404" })
	void allowsAListedOriginToReadEachResponse(String method, String path, String caller, int status) {
		String token = switch (caller) {
			case "none" -> null;
			case "bad" -> "e30.e30.e30";
			default -> TOKENS.of(caller, "");
		};

		ResponseEntity<String> answer = send(HttpMethod.valueOf(method), path.replace("EVENT", this.event), token,
				(headers) -> headers.setOrigin(SHOP));

		assertThat(answer.getStatusCode().value()).isEqualTo(status);
		expectReadable(answer.getHeaders());
	}

	private static void expectReadable(HttpHeaders headers) {
		assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(SHOP);
		assertThat(headers.getAccessControlExposeHeaders()).containsExactlyInAnyOrderElementsOf(EXPOSED);
		assertThat(headers.getVary()).contains("Origin");
	}

	@Test
	void allowsAListedOriginToReadA304() {
		String tag = send(HttpMethod.GET, this.event, null, (headers) -> {
		}).getHeaders().getETag();

		ResponseEntity<String> answer = send(HttpMethod.GET, this.event, null, (headers) -> {
			headers.setOrigin(SHOP);
			headers.setIfNoneMatch(tag);
		});

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
		expectReadable(answer.getHeaders());
	}

	@Test
	void allowsAListedOriginToReadAStreamAndItsRejection() {
		Sinks.One<HttpHeaders> opened = Sinks.one();
		Disposable stream = request(HttpMethod.GET, this.event + "/status", null, (headers) -> headers.setOrigin(SHOP))
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchangeToFlux((answer) -> {
				opened.tryEmitValue(answer.headers().asHttpHeaders());
				return answer.bodyToFlux(String.class);
			})
			.subscribe();

		HttpHeaders head = opened.asMono().block();
		ResponseEntity<String> refused = request(HttpMethod.GET, this.event + "/status", null,
				(headers) -> headers.setOrigin(SHOP))
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchangeToMono((answer) -> answer.toEntity(String.class))
			.block();
		stream.dispose();

		assertThat(head.getContentType().isCompatibleWith(MediaType.TEXT_EVENT_STREAM)).isTrue();
		expectReadable(head);
		assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		expectReadable(refused.getHeaders());
	}

	/**
	 * A browser sends the origin with a POST of our own web page too. Behind a proxy that
	 * terminates TLS or changes the host, this origin differs from the address that the
	 * service sees.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:PORT", "https://127.0.0.1:PORT", "https://box-office.example.org",
			"http://lastseat:8080", "null", "nonsense", "https://other.example.org" })
	void processesARequestOfAnyOrigin(String origin) {
		for (boolean forwarded : new boolean[] { false, true }) {
			ResponseEntity<String> answer = create((headers) -> {
				headers.setOrigin(origin.replace("PORT", String.valueOf(this.port)));
				if (forwarded) {
					headers.set("X-Forwarded-Proto", "https");
					headers.set("X-Forwarded-Host", "box-office.example.org");
				}
			});

			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
			assertThat(answer.getHeaders().getAccessControlAllowOrigin()).isNull();
			assertThat(answer.getHeaders().getVary()).contains("Origin");
		}
	}

	@Test
	void answersOptionsWithoutPreflightHeadersAsUsual() {
		ResponseEntity<String> answer = send(HttpMethod.OPTIONS, EVENTS, boss(), (headers) -> headers.setOrigin(SHOP));

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
		assertThat(answer.getHeaders().getAllow()).contains(HttpMethod.GET, HttpMethod.POST);
		expectReadable(answer.getHeaders());
		assertThat(send(HttpMethod.OPTIONS, EVENTS, null, (headers) -> headers.setOrigin(SHOP)).getStatusCode())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void appliesItsOwnCorsSettingsToTheActuator() {
		ResponseEntity<String> listed = preflight("/actuator/metrics", LOCAL, "GET", null);
		ResponseEntity<String> other = preflight("/actuator/metrics", SHOP, "GET", null);

		assertThat(listed.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(listed.getHeaders().getAccessControlAllowOrigin()).isEqualTo(LOCAL);
		assertThat(other.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(other.getHeaders().getAccessControlAllowOrigin()).isNull();
	}

}
