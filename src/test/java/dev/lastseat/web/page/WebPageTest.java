package dev.lastseat.web.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.lastseat.web.StubEvents;
import dev.lastseat.web.WebSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the web page is served. Its behaviour is tested in a browser.
 */
class WebPageTest {

	private static final Path FOLDER = Path.of("src", "main", "resources", "page");

	/**
	 * Inline scripts, styles and event handlers, which the content security policy
	 * blocks.
	 */
	private static final Pattern INLINE = Pattern.compile("<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)");

	private final WebTestClient client = WebSlice.client(new StubEvents());

	static Stream<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.sorted().toList().stream();
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void servesEveryFile(Path file) throws IOException {
		byte[] served = this.client.get()
			.uri("/page/" + file.getFileName())
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache")
			.expectHeader()
			.valueEquals("Content-Security-Policy", WebPage.POLICY)
			.expectBody()
			.returnResult()
			.getResponseBody();

		assertThat(served).isEqualTo(Files.readAllBytes(file));
	}

	@ParameterizedTest
	@CsvSource({ "/, text/html", "/page/app.js, text/javascript", "/page/style.css, text/css",
			"/page/icon.svg, image/svg+xml" })
	void servesAFileWithItsMediaType(String path, String type) {
		this.client.get().uri(path).exchange().expectHeader().valueEquals("Content-Type", type + ";charset=UTF-8");
	}

	@Test
	void runsOnlyItsOwnFiles() throws IOException {
		assertThat(Files.readString(FOLDER.resolve("index.html"))).doesNotContainPattern(INLINE);
		assertThat(WebPage.POLICY.split("; ")).contains("default-src 'none'", "script-src 'self'", "style-src 'self'",
				"connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'");
		assertThat(WebPage.POLICY).doesNotContain("unsafe", "*");
	}

	@Test
	void sendsAFileOnlyWhenItHasChanged() {
		String tag = this.client.get().uri("/").exchange().returnResult().getResponseHeaders().getETag();

		this.client.get().uri("/").header("If-None-Match", tag).exchange().expectStatus().isNotModified();
		this.client.get().uri("/").header("If-None-Match", "\"another\"").exchange().expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "br, GZIP;q=0.5", "gzip;q=1.0, *;q=0" })
	void compressesForAClientThatAcceptsGzip(String accepted) throws IOException {
		byte[] gzipped = this.client.get()
			.uri("/page/style.css")
			.header("Accept-Encoding", accepted)
			.exchange()
			.expectHeader()
			.valueEquals("Content-Encoding", "gzip")
			.expectHeader()
			.valueEquals("Vary", "Accept-Encoding")
			.expectBody()
			.returnResult()
			.getResponseBody();

		byte[] file = Files.readAllBytes(FOLDER.resolve("style.css"));
		assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped))).hasBinaryContent(file);
		assertThat(gzipped).hasSizeLessThan(file.length / 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "br", "gzip;q=0", "gzip; q=0.0", "not-gzip" })
	void doesNotCompressForOtherClients(String accepted) {
		this.client.get()
			.uri("/page/style.css")
			.header("Accept-Encoding", accepted)
			.exchange()
			.expectHeader()
			.doesNotExist("Content-Encoding")
			.expectHeader()
			.valueEquals("Vary", "Accept-Encoding");
	}

	@ParameterizedTest
	@CsvSource({ "/", "/page/app.js" })
	void answersHeadLikeGet(String path) {
		EntityExchangeResult<byte[]> head = this.client.head().uri(path).exchange().expectBody().returnResult();

		assertThat(head.getStatus().value()).isEqualTo(200);
		assertThat(head.getResponseHeaders().getETag()).isNotNull();
		assertThat(head.getResponseHeaders().getContentLength()).isPositive();
	}

	@Test
	void isServedInNoOtherMediaType() {
		WebSlice.expectProblem(this.client.get().uri("/").header("Accept", "application/json").exchange(), 406,
				"not-acceptable");
	}

}
