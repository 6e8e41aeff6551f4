package dev.lastseat.security;

import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.BufferedResponses;
import dev.lastseat.TestRun;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service with a decoder that counts.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"lastseat.embedded.storage=memory", "lastseat.security.mode=jwt", "lastseat.security.token-cache-time=1h" })
class CachedTokenTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	@LocalServerPort
	private int port;

	@Test
	void verifiesATokenOnceForManyRequests(@Autowired AtomicInteger verified) {
		WebTestClient client = WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(TestRun.TIMEOUT)
			.build();
		String ada = TOKENS.of("ada", "");

		for (int i = 0; i < 3; i++) {
			client.get()
				.uri("/api/v1/users/ada/registrations")
				.headers((headers) -> headers.setBearerAuth(ada))
				.exchange()
				.expectStatus()
				.isOk();
		}
		client.get()
			.uri("/api/v1/users/ada/registrations")
			.headers((headers) -> headers.setBearerAuth(TOKENS.of("bob", "")))
			.exchange()
			.expectStatus()
			.isForbidden();

		assertThat(verified).hasValue(2);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class CountingDecoder {

		@Bean
		AtomicInteger verified() {
			return new AtomicInteger();
		}

		@Bean
		ReactiveJwtDecoder decoder(AtomicInteger verified) {
			ReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withPublicKey(TOKENS.key()).build();
			return (token) -> decoder.decode(token).doOnNext((jwt) -> verified.incrementAndGet());
		}

	}

}
