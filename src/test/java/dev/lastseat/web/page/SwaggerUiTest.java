package dev.lastseat.web.page;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.web.StubEvents;
import dev.lastseat.web.WebSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the API description and Swagger UI are served. The page itself is tested in a
 * browser.
 */
class SwaggerUiTest {

	private static final Path RESOURCES = Path.of("src", "main", "resources");

	private static final URI PAGE = URI.create("/swagger-ui/index.html");

	private final WebTestClient client = WebSlice.client(new StubEvents())
		.mutate()
		.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
		.build();

	private byte[] get(URI path) {
		return this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
	}

	@Test
	void redirectsToThePage() {
		this.client.get()
			.uri("/swagger-ui.html")
			.exchange()
			.expectStatus()
			.isFound()
			.expectHeader()
			.location("swagger-ui/index.html");
	}

	@Test
	void servesEveryFileOfThePage() {
		String page = new String(get(PAGE), StandardCharsets.UTF_8);

		List<String> files = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
			.matcher(page)
			.results()
			.map((file) -> file.group(1))
			.toList();
		assertThat(files).contains("swagger-ui.css", "swagger-ui-bundle.js", "initializer.js")
			.allSatisfy((file) -> assertThat(get(PAGE.resolve(file))).isNotEmpty());
	}

	@Test
	void configuresThePageWithTheDescription() {
		String script = new String(get(PAGE.resolve("initializer.js")), StandardCharsets.UTF_8);

		String url = Pattern.compile("url: \"([^\"]+)\"").matcher(script).results().findFirst().orElseThrow().group(1);
		assertThat(JsonMapper.shared().readTree(get(PAGE.resolve(url))).path("openapi").asString()).startsWith("3.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "index.html", "initializer.js", "swagger-ui.css", "swagger-ui-bundle.js" })
	void loadsFromItsOriginOnly(String file) {
		this.client.head()
			.uri(PAGE.resolve(file))
			.exchange()
			.expectHeader()
			.valueEquals("Content-Security-Policy",
					"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
							+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache")
			.expectHeader()
			.exists("ETag");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "swagger-ui.js", "oauth2-redirect.html", "..", "%2e%2e%2fpage%2findex.html" })
	void servesNoOtherFile(String file) {
		WebSlice.expectProblem(this.client.get().uri(URI.create("/swagger-ui/" + file)).exchange(), 404, "not-found");
	}

	@ParameterizedTest
	@CsvSource({ "/v3/api-docs, application/json", "/v3/api-docs.yaml, application/yaml" })
	void servesTheDescriptionInTwoMediaTypes(String path, String type) {
		this.client.get()
			.uri(path)
			.header("Accept", type)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(type)
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache");
		WebSlice.expectProblem(this.client.get().uri(path).header("Accept", "text/html").exchange(), 406,
				"not-acceptable");
	}

	@Test
	void servesTheDescriptionUnchanged() throws IOException {
		assertThat(get(URI.create("/v3/api-docs.yaml")))
			.isEqualTo(Files.readAllBytes(RESOURCES.resolve("openapi.yaml")));
		assertThat(JsonMapper.shared().readTree(get(URI.create("/v3/api-docs"))))
			.isEqualTo(WebSlice.DESCRIPTION.document());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui/swagger-ui-bundle.js" })
	void sendsAFileOnlyWhenItHasChanged(String path) {
		String tag = this.client.get().uri(path).exchange().returnResult().getResponseHeaders().getETag();

		this.client.get().uri(path).header("If-None-Match", tag).exchange().expectStatus().isNotModified();
		this.client.get().uri(path).header("If-None-Match", "\"another\"").exchange().expectStatus().isOk();
	}

}
