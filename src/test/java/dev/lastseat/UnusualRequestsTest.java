package dev.lastseat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests with correct framing and unusual content. The answer is never a server error.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class UnusualRequestsTest {

	private static final String MANY_RANGES = IntStream.range(0, 50)
		.mapToObj((number) -> "application/x" + number)
		.collect(Collectors.joining(","));

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	private EventId event;

	@BeforeEach
	void createAnEvent() {
		this.event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 5)).block().id();
	}

	private String exchange(String method, String path, String headers) {
		return RawHttp.exchange(this.port, method + " " + path.replace("EVENT", this.event.value())
				+ " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + headers + "\r\n");
	}

	private static int status(String answer) {
		assertThat(answer).startsWith("HTTP/1.1 ");
		return Integer.parseInt(answer.substring(9, 12));
	}

	private static String body(String answer) {
		return answer.substring(answer.indexOf("\r\n\r\n") + 4);
	}

	/**
	 * Each is sent to several paths, because different parts of the server read headers.
	 */
	static Stream<String> unusualHeaders() {
		return Stream.of("Accept: " + MANY_RANGES + ",application/json", "Accept: nonsense", "Accept: /",
				"Accept: */json", "Accept: ,,,", "Accept:", "Accept: application/json;q=2",
				"Accept: application/json;q=x", "Accept: application/json;charset=nope",
				"Accept: application/json;charset=\"", "Accept: a/b;c=\u0080", "Content-Type: nonsense",
				"Content-Type: */*", "Content-Type:", "Content-Type: application/json;charset=nope",
				"Content-Type: application/json;charset=\"",
				"Content-Type: application/json\r\nContent-Type: text/plain", "Content-Type: multipart/form-data",
				"Content-Type: multipart/form-data;boundary=\"", "Content-Encoding: nonsense", "Content-Language: ###",
				"Accept-Encoding: ;;;", "Accept-Encoding: gzip;q=9", "Accept-Language: ***", "Accept-Language: x_y;q=a",
				"Accept-Charset: nope", "Range: bytes=9-1", "Range: nonsense", "Cookie: =",
				"Cookie: \u0080=\u0081; a=b;;", "If-None-Match: nonsense", "If-None-Match: \"", "If-Match: \"",
				"If-Modified-Since: nonsense", "If-Unmodified-Since: nonsense", "Last-Event-ID: x",
				"Last-Event-ID: 99999999999999999999", "Origin: nonsense", "Origin: http://[",
				"Origin: http://a\r\nOrigin: http://b", "X-Request-Id: \u0080", "X-Forwarded-Host: [",
				"X-Forwarded-Port: x", "Forwarded: host=[;;=", "Authorization: Bearer", "Authorization: Bearer \u0080",
				"Authorization: Basic x", "Authorization: a\r\nAuthorization: b", "traceparent: nonsense",
				"baggage: ;;==", "b3: x", "Date: x", "TE: x", "Trailer: x", "Access-Control-Request-Method: x");
	}

	@ParameterizedTest
	@MethodSource("unusualHeaders")
	void answersAnUnusualHeaderWithoutAServerError(String header) {
		for (String path : List.of("/api/v1/events/EVENT", "/api/v1/events/EVENT/status", "/problems/sold-out", "/",
				"/actuator/health", "/actuator/metrics", "/nothing", "/v3/api-docs", "/swagger-ui.html",
				"/swagger-ui/index.html")) {
			if (!(header.contains("Accept") && path.endsWith("/status"))) {
				assertThat(status(exchange("GET", path, header + "\r\n"))).as(path).isBetween(200, 499);
			}
		}
		assertThat(status(exchange("PUT", "/api/v1/events/EVENT/registrations/ada", header + "\r\n"))).isBetween(200,
				499);
		assertThat(status(exchange("POST", "/api/v1/events", header + "\r\nContent-Length: 2\r\n\r\n{}")))
			.isBetween(400, 499);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%", "/%zz", "/%c0%ae", "/api/v1/events/%", "/api/v1/events/%zz", "/api/v1/events/%ff",
			"/api/v1/events/EVENT/registrations/%ff", "/api/v1/events/EVENT/registrations/%C1%A1%C0%AE",
			"/api/v1/events/EVENT/registrations/%F4%90%80%80", "/api/v1/events/EVENT/registrations/%zz", "/a\u0080",
			"/a|b", "/a{b}", "/a\\b", "//", "//x", "http://", "http://x:y/", "http://[/", "*", "x", "?", "/?%",
			"/api/v1/events?limit=%zz", "/api/v1/events?limit=%ff", "/api/v1/events?limit", "/api/v1/events?after",
			"/api/v1/status?eventId", "/api/v1/status?eventId&eventId=EVENT", "/api/v1/events#x", "/;", "/;/;",
			"/api/v1;x/events", "/api/v1/users/%00/registrations", "/../../etc/passwd", "/problems/%zz", "/page/%zz",
			"/actuator/%zz", "/actuator/metrics/%zz", "/v3/api-docs/%zz", "/swagger-ui/%zz" })
	void answersAnUnusualUriWithoutAServerError(String path) {
		for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
			assertThat(status(exchange(method, path, ""))).as(method).isBetween(200, 499);
		}
		assertThat(this.service.registrations(this.event, null, 10).block().items()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/nothing |", "/api/v1/events/nope |", "/api/v1/events/EVENT | Accept: image/png",
					"/api/v1/events/EVENT |", "/api/v1/events?limit=0 |", "/problems/nope |",
					"/api/v1/events/EVENT/registrations/nobody |", "/actuator/metrics/nope |", "/actuator/nope |",
					"/actuator/metrics |", "/v3/api-docs |", "/v3/api-docs.yaml | Accept: image/png",
					"/swagger-ui.html |", "/swagger-ui/index.html |", "/swagger-ui/nothing |" })
	void answersHeadWithTheStatusOfGet(String path, String header) {
		String headers = (header != null) ? header + "\r\n" : "";

		String head = exchange("HEAD", path, headers);

		assertThat(status(head)).isEqualTo(status(exchange("GET", path, headers)));
		assertThat(body(head)).isEmpty();
		assertThat(head).containsOnlyOnce("X-Request-Id: ");
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/events/EVENT, application/json", "/api/v1/events/EVENT/status, application/json",
			"/api/v1/events, application/json", "/problems/sold-out, application/json",
			"/v3/api-docs, application/json", "/v3/api-docs.yaml, application/yaml" })
	void findsTheMatchingMediaRangeAmongMany(String path, String type) {
		assertThat(status(exchange("GET", path, "Accept: " + MANY_RANGES + "," + type + "\r\n"))).isEqualTo(200);
		assertThat(status(exchange("GET", path, "Accept: " + MANY_RANGES + ",image/png\r\n"))).isEqualTo(406);
	}

	@Test
	void treatsASemicolonAsPartOfAUserId() {
		assertThat(status(exchange("PUT", "/api/v1/events/EVENT/registrations/mx;v=1", ""))).isEqualTo(201);

		assertThat(this.service.isRegistered(this.event, new UserId("mx;v=1")).block()).isTrue();
		assertThat(this.service.isRegistered(this.event, new UserId("mx")).block()).isFalse();
		assertThat(status(exchange("PUT", "/api/v1/events/EVENT/registrations/mx%3Bv=1", ""))).isEqualTo(200);
		assertThat(status(exchange("GET", "/api/v1/users/mx;v=1/registrations?limit=1", ""))).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/events/EVENT;x=1, event-not-found", "/api/v1/events/EVENT;x=1/status, event-not-found",
			"/api/v1/events/EVENT/registrations;x=1, not-found", "/api/v1/events;x, not-found",
			"/api/v1;x=1/events, not-found" })
	void treatsASemicolonAsPartOfAPathSegment(String path, String code) {
		assertThat(exchange("GET", path, "")).startsWith("HTTP/1.1 404 ").contains("\"code\":\"" + code + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: keep-alive\r\n" })
	void streamsToAnHttp10ClientWithoutChunkedEncoding(String connection) {
		this.service.book(this.event, new UserId("ada")).block();
		EventId other = this.service.create(new EventDraft("Ball", null, Instant.EPOCH, null, 1)).block().id();

		String answer = RawHttp.exchange(this.port,
				"GET /api/v1/status?eventId=" + other + " HTTP/1.0\r\n" + connection + "\r\n", (received) -> {
					if (received.contains("event: status")) {
						this.service.delete(other, false, RevisionCondition.NONE).block();
					}
				});

		assertThat(answer).doesNotContainIgnoringCase("transfer-encoding");
		assertThat(body(answer)).startsWith("retry: 2000\n\nevent: status\n").contains("event: closed\n");
	}

}
