package dev.lastseat.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.lastseat.booking.BookingService;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;

/**
 * The routes with their problems and their JSON, bound to a client without a server or a
 * Spring context.
 */
final class WebSlice {

	static final Duration REQUEST_TIMEOUT = Duration.ofMillis(200);

	private static final Clock NOON = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

	private WebSlice() {
	}

	static WebTestClient client(StubEvents events) {
		WebConfiguration configuration = new WebConfiguration();
		JsonMapper.Builder builder = JsonMapper.builder();
		configuration.strictJson().customize(builder);
		JsonMapper json = builder.build();
		// Empty, so that no handler of Spring's own comes before ours, as in the
		// application.
		HandlerStrategies strategies = HandlerStrategies.empty().codecs((codecs) -> {
			codecs.registerDefaults(true);
			codecs.defaultCodecs().maxInMemorySize(64 * 1024);
			codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(json));
			codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(json));
		}).exceptionHandler(configuration.problemResponder(json)).build();
		return WebTestClient.bindToRouterFunction(configuration.routes(new BookingService(events, NOON, (event) -> {
		}), json, new WebSettings(REQUEST_TIMEOUT))).handlerStrategies(strategies).build();
	}

	/**
	 * Expects a problem of the code, in the contract's form.
	 */
	static WebTestClient.BodyContentSpec expectProblem(WebTestClient.ResponseSpec response, int status, String code) {
		return response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + code)
			.jsonPath("$.title")
			.isNotEmpty()
			.jsonPath("$.status")
			.isEqualTo(status)
			.jsonPath("$.code")
			.isEqualTo(code)
			.jsonPath("$.retryable")
			.isEqualTo(status == 503);
	}

}
