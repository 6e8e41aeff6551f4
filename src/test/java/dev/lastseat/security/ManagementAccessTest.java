package dev.lastseat.security;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ManagementAccessTest {

	@ParameterizedTest(name = "port {0}, from {1}, {2}: {3}")
	@CsvSource({ "SAME, 127.0.0.1, , false", "SAME, 127.0.0.1, SCOPE_events:write, false",
			"SAME, 10.0.0.7, SCOPE_metrics:read, true", "DIFFERENT, 10.0.0.7, , true" })
	void needsTheScopeOrTheManagementPort(ManagementPortType port, String from, @Nullable String authority,
			boolean granted) {
		MockServerHttpRequest request = MockServerHttpRequest.get("/actuator/metrics")
			.remoteAddress(new InetSocketAddress(from, 50_000))
			.build();
		Mono<Authentication> caller = (authority != null)
				? Mono.just(new TestingAuthenticationToken("ada", "", authority)) : Mono.empty();

		boolean decision = new ManagementAccess(port)
			.authorize(caller, new AuthorizationContext(MockServerWebExchange.from(request)))
			.block()
			.isGranted();

		assertThat(decision).isEqualTo(granted);
	}

}
