package dev.lastseat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace that a client begins continues in the server and the database driver, and is
 * exported to a collector.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"lastseat.embedded.storage=memory", "management.opentelemetry.tracing.export.schedule-delay=100ms" })
class TracingTest {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String CLIENT_SPAN = "b7ad6b7169203331";

	/**
	 * Never stopped, because Spring caches the application for other tests, and it
	 * continues to export.
	 */
	private static final Collector COLLECTOR = new Collector();

	@LocalServerPort
	private int port;

	@Autowired
	private InMemorySpanExporter exported;

	@DynamicPropertySource
	static void sendTracesToTheCollector(DynamicPropertyRegistry registry) {
		registry.add("management.opentelemetry.tracing.export.otlp.endpoint", COLLECTOR::endpoint);
	}

	@Test
	void continuesATraceFromTheClientToTheDatabase() {
		String event = createEvent();

		send(HttpMethod.PUT, event + "/registrations/ada-lovelace", TRACE, "01").block();

		SpanData server = await(TRACE, "http put /api/v1/events/{eventId}/registrations/{userId}");
		assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
		assertThat(server.getParentSpanId()).isEqualTo(CLIENT_SPAN);
		SpanData command = await(TRACE, "events.update");
		assertThat(command.getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(command.getParentSpanId()).isEqualTo(server.getSpanId());
		Awaitility.await()
			.untilAsserted(() -> assertThat(COLLECTOR.received()).contains(asText(HexFormat.of().parseHex(TRACE)),
					"events.update", "lastseat"));
	}

	@Test
	void exportsNoUserIds() {
		String event = createEvent();
		String trace = TRACE.replace('0', '1');

		for (String user : List.of("ada-lovelace", "ada-lovelace$")) {
			send(HttpMethod.PUT, event + "/registrations/" + user, trace, "01").block();
		}

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(spans(trace)).filteredOn((span) -> span.getKind() == SpanKind.SERVER).hasSize(2));
		assertThat(spans(trace)).allSatisfy((span) -> assertThat(span.toString()).doesNotContain("lovelace"));
		assertThat(COLLECTOR.received()).doesNotContain("lovelace");
	}

	@Test
	void recordsNothingForATraceThatIsNotSampled() {
		String event = createEvent();
		String trace = TRACE.replace('0', '2');

		send(HttpMethod.PUT, event + "/registrations/ada", trace, "00").block();
		send(HttpMethod.PUT, event + "/registrations/ada", trace.replace('7', '3'), "01").block();

		await(trace.replace('7', '3'), "events.update");
		assertThat(spans(trace)).isEmpty();
	}

	@Test
	void countsEachRequestOnce(@Autowired MeterRegistry meters) {
		String event = createEvent();

		send(HttpMethod.DELETE, event, TRACE, "00").block();

		Timer timer = Awaitility.await()
			.until(() -> meters.find("http.server.requests").tag("method", "DELETE").timer(), Objects::nonNull);
		assertThat(timer.count()).isEqualTo(1);
	}

	/** A thread of the driver answers with the list of events. */
	@Test
	void logsTheTraceIdOnEveryThread() {
		String trace = TRACE.replace('0', '3');
		Logger logger = (Logger) LoggerFactory.getLogger(HttpWebHandlerAdapter.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>() {

			@Override
			protected void append(ILoggingEvent line) {
				line.prepareForDeferredProcessing();
				super.append(line);
			}

		};
		log.list = new CopyOnWriteArrayList<>();
		log.start();
		logger.addAppender(log);
		logger.setAdditive(false);
		logger.setLevel(Level.DEBUG);

		send(HttpMethod.GET, "/api/v1/events", trace, "01").block();

		Awaitility.await()
			.untilAsserted(() -> assertThat(log.list).filteredOn((line) -> line.getMessage().contains("Completed 200"))
				.singleElement()
				.satisfies((line) -> assertThat(line.getMDCPropertyMap()).containsEntry("traceId", trace))
				.satisfies((line) -> assertThat(line.getThreadName()).doesNotStartWith("webflux-http")));
		logger.setLevel(null);
		logger.setAdditive(true);
		logger.detachAppender(log);
	}

	private String createEvent() {
		URI location = WebClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri("/api/v1/events")
			.bodyValue(Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 5))
			.retrieve()
			.toBodilessEntity()
			.block()
			.getHeaders()
			.getLocation();
		return location.toString();
	}

	private Mono<ResponseEntity<String>> send(HttpMethod method, String path, String trace, String flags) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.method(method)
			.uri(path)
			.header("traceparent", "00-" + trace + "-" + CLIENT_SPAN + "-" + flags)
			.exchangeToMono((response) -> response.toEntity(String.class));
	}

	private SpanData await(String trace, String name) {
		return Awaitility.await()
			.until(() -> spans(trace).stream().filter((span) -> span.getName().equals(name)).findFirst(),
					(span) -> span.isPresent())
			.orElseThrow();
	}

	private List<SpanData> spans(String trace) {
		return this.exported.getFinishedSpanItems().stream().filter((span) -> span.getTraceId().equals(trace)).toList();
	}

	private static String asText(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Exporter {

		@Bean
		InMemorySpanExporter inMemorySpanExporter() {
			return InMemorySpanExporter.create();
		}

	}

	/** Receives spans by OTLP over HTTP. */
	private static final class Collector {

		private final List<String> bodies = new CopyOnWriteArrayList<>();

		private final HttpServer server;

		Collector() {
			try {
				this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			this.server.createContext("/v1/traces", (exchange) -> {
				this.bodies.add(asText(exchange.getRequestBody().readAllBytes()));
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			this.server.start();
		}

		String endpoint() {
			return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/traces";
		}

		String received() {
			return String.join("\n", this.bodies);
		}

	}

}
