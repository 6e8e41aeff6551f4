package dev.lastseat.security;

import dev.lastseat.BufferedResponses;
import dev.lastseat.CapturedLog;
import dev.lastseat.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A resource server with a management port. Its issuer cannot be reached.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "management.server.port=0",
				"spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys" })
class ManagementPortTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web", "dev.lastseat.security")
		.allowing("WARN \\S+ \\S+ got overloaded.*");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	private static WebTestClient.ResponseSpec get(int port, String path, String token) {
		return WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(TestRun.TIMEOUT)
			.build()
			.get()
			.uri(path)
			.headers((headers) -> {
				if (!token.isEmpty()) {
					headers.setBearerAuth(token);
				}
			})
			.exchange();
	}

	@Test
	void servesMetricsOnTheManagementPortOnly() {
		get(this.managementPort, "/actuator/metrics", "").expectStatus().isOk();
		get(this.managementPort, "/actuator/health", "").expectStatus().isOk();
		get(this.managementPort, "/actuator/sbom", "").expectStatus().isOk();

		get(this.port, "/actuator/metrics", "").expectStatus().isNotFound();
		get(this.port, "/actuator/sbom", "").expectStatus().isNotFound();
	}

	@Test
	void sendsSecurityHeadersOnTheManagementPort() {
		for (String path : new String[] { "/actuator/metrics", "/nowhere" }) {
			get(this.managementPort, path, "").expectHeader()
				.valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
				.expectHeader()
				.valueEquals("X-Content-Type-Options", "nosniff");
		}
	}

	@Test
	void answers503WithRetryAfterWhileTokensCannotBeChecked() {
		String token = new AccessTokens().of("ada", "");

		get(this.port, "/api/v1/events/65f000000000000000000001/registrations/ada", token).expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals("Retry-After", "1")
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("overloaded")
			.jsonPath("$.retryable")
			.isEqualTo(true);
	}

	@Test
	void servesPublicReadsWhileTokensCannotBeChecked() {
		get(this.port, "/api/v1/events", "").expectStatus().isOk();
	}

}
