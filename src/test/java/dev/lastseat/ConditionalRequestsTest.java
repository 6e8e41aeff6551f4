package dev.lastseat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A 304 has the headers of the 200. A browser replaces the headers of its stored response
 * by those of the 304, including the Content-Security-Policy.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class ConditionalRequestsTest {

	/**
	 * Headers that differ in every answer, or describe the body that a 304 does not have.
	 */
	private static final Set<String> NOT_COMPARED = Set.of("date", "x-request-id", "content-length", "content-type",
			"transfer-encoding", "accept-ranges");

	@LocalServerPort
	private int port;

	private ResponseEntity<byte[]> get(String path, HttpHeaders headers) {
		return WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build()
			.get()
			.uri("http://127.0.0.1:" + this.port + path)
			.headers((all) -> all.addAll(headers))
			.retrieve()
			.toEntity(byte[].class)
			.block();
	}

	private String createEvent() {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri("/api/v1/events")
			.bodyValue(Map.of("title", "Gala", "startsAt", "2126-12-01T19:00:00Z", "capacity", 2))
			.retrieve()
			.toBodilessEntity()
			.block()
			.getHeaders()
			.getLocation()
			.getPath();
	}

	private static Stream<String> webPageFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "page"))) {
			return files.map((file) -> "/page/" + file.getFileName()).toList().stream();
		}
	}

	private static Map<String, List<String>> headersOf(ResponseEntity<?> answer) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		answer.getHeaders().forEach(headers::put);
		headers.keySet().removeAll(NOT_COMPARED);
		return headers;
	}

	private static HttpHeaders header(String name, String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(name, value);
		return headers;
	}

	/**
	 * @return whether the answer has an {@code ETag} or a date, so that a conditional
	 * request is possible
	 */
	private boolean expectSameHeaders(String path, HttpHeaders accepted) {
		ResponseEntity<byte[]> full = get(path, accepted);
		assertThat(full.getStatusCode().value()).as(path).isEqualTo(200);
		HttpHeaders condition = new HttpHeaders();
		condition.addAll(accepted);
		if (full.getHeaders().getETag() != null) {
			condition.setIfNoneMatch(full.getHeaders().getETag());
		}
		else if (full.getHeaders().getLastModified() > 0) {
			condition.setIfModifiedSince(full.getHeaders().getLastModified());
		}
		else {
			return false;
		}
		ResponseEntity<byte[]> unchanged = get(path, condition);
		assertThat(unchanged.getStatusCode().value()).as(path).isEqualTo(304);
		assertThat(unchanged.getBody()).as(path).isNull();
		assertThat(headersOf(unchanged)).as(path).isEqualTo(headersOf(full));
		return true;
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "gzip" })
	void sendsTheSameHeadersWithA304OfTheWebPage(String coding) throws IOException {
		HttpHeaders accepted = header("Accept-Encoding", coding);

		assertThat(Stream.concat(Stream.of("/"), webPageFiles())).hasSizeGreaterThan(10)
			.allSatisfy((path) -> assertThat(expectSameHeaders(path, accepted)).as(path).isTrue());
	}

	@Test
	void sendsTheSameHeadersWithA304OfAnEvent() {
		assertThat(expectSameHeaders(createEvent(), HttpHeaders.EMPTY)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/v3/api-docs, identity", "/v3/api-docs, gzip", "/v3/api-docs.yaml, gzip",
			"/swagger-ui/index.html, identity", "/swagger-ui/initializer.js, gzip", "/swagger-ui/swagger-ui.css, gzip",
			"/swagger-ui/swagger-ui-bundle.js, gzip" })
	void sendsTheSameHeadersWithA304OfTheApiDescription(String path, String coding) {
		assertThat(expectSameHeaders(path, header("Accept-Encoding", coding))).isTrue();
	}

	/**
	 * These have neither an {@code ETag} nor a date, so the answer is always a 200. If
	 * one of them gets either, its 304 is compared too.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/events", "/problems/sold-out", "/actuator/info", "/actuator/health" })
	void sendsAFullResponseOrA304WithTheSameHeaders(String path) {
		expectSameHeaders(path, HttpHeaders.EMPTY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/status", "/registrations", "/registrations/ada", "/holds", "/holds/bob", "/waiting-list",
			"/users/ada", "/journal" })
	void sendsAFullResponseOrA304OfAnEventWithTheSameHeaders(String path) {
		String event = createEvent();
		put(event + "/registrations/ada");
		put(event + "/holds/bob");

		expectSameHeaders(event + path, HttpHeaders.EMPTY);
	}

	private void put(String path) {
		WebClient.create("http://127.0.0.1:" + this.port).put().uri(path).retrieve().toBodilessEntity().block();
	}

	/**
	 * A client that does not accept gzip gets no 304 for the {@code ETag} of the
	 * compressed form.
	 */
	@Test
	void usesADifferentETagForEachContentEncoding() {
		String gzipped = get("/page/app.js", header("Accept-Encoding", "gzip")).getHeaders().getETag();
		HttpHeaders identity = header("Accept-Encoding", "identity");
		identity.setIfNoneMatch(gzipped);

		ResponseEntity<byte[]> answer = get("/page/app.js", identity);

		assertThat(answer.getStatusCode().value()).isEqualTo(200);
		assertThat(answer.getHeaders().getETag()).isNotEqualTo(gzipped);
	}

}
