package dev.lastseat.web.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.lastseat.TestRun;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultHeadersTest {

	private static final String[] NAMES = { "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
			"Content-Security-Policy", "Cache-Control" };

	private static final String[] DEFAULTS = { "nosniff", "DENY", "no-referrer",
			"default-src 'none'; frame-ancestors 'none'", "no-store" };

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T09:00:00.999Z"), ZoneOffset.UTC);

	private final DisposableServer server = new DefaultHeaders(CLOCK)
		.apply(HttpServer.create().host("127.0.0.1").port(0).protocol(HttpProtocol.H2C, HttpProtocol.HTTP11))
		.route(DefaultHeadersTest::routes)
		.bindNow();

	private static void routes(HttpServerRoutes routes) {
		routes.get("/plain", (request, response) -> response.sendString(Mono.just("text")))
			.get("/not-modified", (request, response) -> response.status(304).send())
			.get("/own-policy", (request, response) -> response.header("Content-Security-Policy", "own").send())
			.get("/own-caching", (request, response) -> response.header("Cache-Control", "own").send());
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	private HttpHeaders headers(HttpClient.Version version, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.server.port() + path))
			.timeout(TestRun.TIMEOUT)
			.build();
		HttpResponse<String> response = HttpClient.newBuilder()
			.version(version)
			.build()
			.send(request, HttpResponse.BodyHandlers.ofString());

		assertThat(response.version()).isEqualTo(version);
		return response.headers();
	}

	private static void expectDefaults(HttpHeaders headers, int from, int to) {
		for (int i = from; i < to; i++) {
			assertThat(headers.allValues(NAMES[i])).as(NAMES[i]).containsExactly(DEFAULTS[i]);
		}
	}

	@ParameterizedTest
	@EnumSource
	void completesEveryResponse(HttpClient.Version version) throws Exception {
		expectDefaults(headers(version, "/plain"), 0, NAMES.length);
		expectDefaults(headers(version, "/not-modified"), 0, NAMES.length);
		expectDefaults(headers(version, "/unknown"), 0, NAMES.length);
	}

	@ParameterizedTest
	@EnumSource
	void datesEveryResponse(HttpClient.Version version) throws Exception {
		for (String path : List.of("/plain", "/not-modified", "/unknown")) {
			assertThat(headers(version, path).allValues("Date")).containsExactly("Tue, 01 Dec 2026 09:00:00 GMT");
		}
	}

	@Test
	void keepsThePolicyOfAResponse() throws Exception {
		HttpHeaders headers = headers(HttpClient.Version.HTTP_1_1, "/own-policy");

		assertThat(headers.allValues("Content-Security-Policy")).containsExactly("own");
		expectDefaults(headers, 0, 3);
		expectDefaults(headers, 4, NAMES.length);
	}

	@Test
	void keepsTheCachingHeaderOfAResponse() throws Exception {
		HttpHeaders headers = headers(HttpClient.Version.HTTP_1_1, "/own-caching");

		assertThat(headers.allValues("Cache-Control")).containsExactly("own");
		expectDefaults(headers, 0, 4);
	}

	@Test
	void leavesAnInterimResponseAsItIs() {
		EmbeddedChannel channel = new EmbeddedChannel(new DefaultHeaders.Handler(new HttpDate(CLOCK)));

		channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));

		FullHttpResponse written = channel.readOutbound();
		assertThat(written.headers().isEmpty()).isTrue();
		written.release();
		channel.finish();
	}

}
