package dev.lastseat.web;

import java.util.List;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CorsSettingsTest {

	@ParameterizedTest
	@ValueSource(strings = { "https://tickets.example.org", "http://localhost:3000", "http://127.0.0.1:8080",
			"http://[::1]:3000", "https://example.org:8443", "https://xn--bcher-kva.example", "capacitor://localhost",
			"*" })
	void acceptsAnOriginAsABrowserSendsIt(String origin) {
		assertThatCode(() -> new CorsSettings(List.of(origin))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://tickets.example.org/", "https://*.example.org", "*.example.org", "example.org",
			"//example.org", "https://", "https:example.org", "https://example.org/path", "https://example.org?x",
			"https://example.org#x", "https://ada@example.org", "https://example.org:443", "http://example.org:80",
			"https://Example.org", "HTTPS://example.org", "https://example.org:", "https://example.org:*",
			"https://b\u00fccher.example", "null", "", " ", "https://a.example.org https://b.example.org" })
	void rejectsAnOriginThatNoBrowserSends(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CorsSettings(List.of(origin)))
			.withMessageContaining("lastseat.web.cors.allowed-origins")
			.withMessageContaining("'" + origin + "'")
			.withMessageContaining("https://tickets.example.org");
	}

	@Test
	void rejectsAnyOriginTogetherWithOthers() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CorsSettings(List.of("https://tickets.example.org", "*")));
	}

	@Test
	void allowsNoOriginByDefault() {
		ApiCorsFilter filter = new ApiCorsFilter(new CorsSettings(List.of()));
		MockServerWebExchange preflight = MockServerWebExchange
			.from(MockServerHttpRequest.options("http://localhost:8080/api/v1/events")
				.header(HttpHeaders.ORIGIN, "https://tickets.example.org")
				.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET"));
		MockServerWebExchange read = MockServerWebExchange
			.from(MockServerHttpRequest.get("http://localhost:8080/api/v1/events")
				.header(HttpHeaders.ORIGIN, "https://tickets.example.org"));

		Mono.defer(() -> filter.filter(preflight, (exchange) -> Mono.empty()))
			.as(StepVerifier::create)
			.verifyErrorSatisfies(
					(error) -> assertThat(((ProblemException) error).code()).isEqualTo(ProblemCode.FORBIDDEN));
		filter.filter(read, (exchange) -> exchange.getResponse().setComplete())
			.as(StepVerifier::create)
			.verifyComplete();

		assertThat(read.getResponse().getHeaders().getVary()).isEmpty();
		assertThat(read.getResponse().getHeaders().getAccessControlAllowOrigin()).isNull();
	}

	@Test
	void allowsAnyOriginWhenConfigured() {
		ApiCorsFilter filter = new ApiCorsFilter(new CorsSettings(List.of("*")));
		MockServerWebExchange read = MockServerWebExchange
			.from(MockServerHttpRequest.get("http://localhost:8080/api/v1/events")
				.header(HttpHeaders.ORIGIN, "https://tickets.example.org"));

		filter.filter(read, (exchange) -> exchange.getResponse().setComplete())
			.as(StepVerifier::create)
			.verifyComplete();

		assertThat(read.getResponse().getHeaders().getAccessControlAllowOrigin()).isEqualTo("*");
	}

}
