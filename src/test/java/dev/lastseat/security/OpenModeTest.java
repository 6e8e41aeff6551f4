package dev.lastseat.security;

import java.net.URI;

import dev.lastseat.BufferedResponses;
import dev.lastseat.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Open mode, although an issuer is configured. The server trusts the headers of a proxy,
 * so that a test can send requests of another machine, and requests by https.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.security.mode=open",
				"server.forward-headers-strategy=native",
				"spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys" })
class OpenModeTest {

	@LocalServerPort
	private int port;

	private WebTestClient.ResponseSpec send(HttpMethod method, String path, String from) {
		return client().method(method)
			.uri(URI.create("http://127.0.0.1:" + this.port + path))
			.header("X-Forwarded-For", from)
			.exchange();
	}

	private static WebTestClient client() {
		return WebTestClient.bindToServer().filter(new BufferedResponses()).responseTimeout(TestRun.TIMEOUT).build();
	}

	@Test
	void hasNoFilterOfSpringSecurity(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(WebFilterChainProxy.class)).isEmpty();
		assertThat(context.getBeanNamesForType(SecurityWebFilterChain.class)).isEmpty();
		assertThat(context.getBeanNamesForType(ReactiveJwtDecoder.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.8.8", "[::1]" })
	void showsMetricsToThisMachine(String from) {
		send(HttpMethod.GET, "/actuator", from).expectStatus().isOk();
		send(HttpMethod.GET, "/actuator/metrics", from).expectStatus().isOk();
		send(HttpMethod.GET, "/actuator/prometheus", from).expectStatus().isOk();
		send(HttpMethod.GET, "/actuator/sbom", from).expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/actuator", "/actuator/metrics", "/actuator/metrics/jvm.memory.used", "/actuator/prometheus",
					"/actuator/sbom", "/actuator/sbom/application", "/%61ctuator/metrics", "/actuator/%6Detrics" })
	void forbidsMetricsToOtherMachines(String path) {
		send(HttpMethod.GET, path, "10.0.0.7").expectStatus()
			.isForbidden()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.doesNotExist(HttpHeaders.WWW_AUTHENTICATE)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("forbidden")
			.jsonPath("$.detail")
			.isEqualTo("only this machine may read this");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/metrics;a", "/actuator;a=b/metrics", "//actuator/metrics", "/actuator//metrics",
			"/actuator/metrics/", "/actuator/./metrics", "/x/../actuator/metrics", "/actuator/%2E/metrics",
			"/actuator%2Fmetrics", "/ACTUATOR/metrics" })
	void showsMetricsToOtherMachinesByNoSpellingOfTheirPath(String path) {
		assertThat(send(HttpMethod.GET, path, "10.0.0.7").expectBody().returnResult().getStatus())
			.isIn(HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/readiness", "/actuator/info", "/api/v1/events", "/",
			"/v3/api-docs" })
	void answersOtherMachinesOtherwise(String path) {
		send(HttpMethod.GET, path, "10.0.0.7").expectStatus().isOk();
	}

	@Test
	void allowsAPreflightForMetricsToOtherMachines() {
		client().method(HttpMethod.OPTIONS)
			.uri("http://127.0.0.1:" + this.port + "/actuator/metrics")
			.header("X-Forwarded-For", "10.0.0.7")
			.header(HttpHeaders.ORIGIN, "https://tickets.example.org")
			.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/events", "/nowhere" })
	void requiresHttpsInFutureAfterARequestByHttps(String path) {
		client().get()
			.uri("http://127.0.0.1:" + this.port + path)
			.header("X-Forwarded-Proto", "https")
			.exchange()
			.expectHeader()
			.valueEquals("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
		send(HttpMethod.GET, path, "10.0.0.7").expectHeader().doesNotExist("Strict-Transport-Security");
	}

}
