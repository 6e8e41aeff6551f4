package dev.lastseat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every log line of a request has the request id, on every thread. At level DEBUG Spring
 * logs on several threads.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class RequestIdLogTest {

	private static final List<Logger> LOGGERS = Stream
		.of("org.springframework.web.server", "org.springframework.web.reactive.function.server",
				"org.springframework.http.codec.json", "dev.lastseat")
		.map((name) -> (Logger) LoggerFactory.getLogger(name))
		.toList();

	private static final Pattern SPRING_LINE = Pattern.compile("\\[([a-z0-9-]+)] ");

	@LocalServerPort
	private int port;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent line) {
			// Stores the thread name and the MDC now, not when the test reads them.
			line.prepareForDeferredProcessing();
			super.append(line);
		}

	};

	@BeforeEach
	void listen() {
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		LOGGERS.forEach((logger) -> {
			logger.setLevel(Level.DEBUG);
			logger.setAdditive(false);
			logger.addAppender(this.log);
		});
	}

	@AfterEach
	void stopListening() {
		LOGGERS.forEach((logger) -> {
			logger.detachAppender(this.log);
			logger.setAdditive(true);
			logger.setLevel(null);
		});
	}

	@Test
	void logsTheRequestIdInEveryLine() {
		String event = send("create", HttpMethod.POST, "/api/v1/events",
				Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 5))
			.block()
			.getHeaders()
			.getLocation()
			.toString();
		awaitCompleted(1);
		this.log.list.clear();

		Flux.range(0, 20)
			.flatMap((number) -> send("booking-" + number, HttpMethod.PUT,
					event + ((number < 10) ? "/registrations/user-" : "/holds/user-") + number, ""))
			.then(send("nowhere", HttpMethod.GET, "/nowhere", ""))
			.then(send("list", HttpMethod.GET, "/api/v1/events", ""))
			.block();

		awaitCompleted(22);
		List<ILoggingEvent> lines = lines("");
		assertThat(lines).allSatisfy((line) -> assertThat(requestOf(line)).matches("booking-\\d+|nowhere|list"))
			.anySatisfy((line) -> assertThat(line.getThreadName()).startsWith("webflux-http"))
			.anySatisfy((line) -> assertThat(line.getThreadName()).doesNotStartWith("webflux-http"));
		assertThat(lines("HTTP PUT")).hasSize(20)
			.allSatisfy((line) -> assertThat(line.getFormattedMessage())
				.endsWith("user-" + requestOf(line).substring("booking-".length()) + "\""));
		assertThat(lines("Completed")).extracting(RequestIdLogTest::requestOf).doesNotHaveDuplicates();
	}

	/**
	 * Waits, because the last line of a request can be written after its answer is sent.
	 */
	private void awaitCompleted(int requests) {
		Awaitility.await().untilAsserted(() -> assertThat(lines("Completed")).hasSize(requests));
	}

	private List<ILoggingEvent> lines(String part) {
		return this.log.list.stream().filter((line) -> line.getFormattedMessage().contains(part)).toList();
	}

	/**
	 * Lines of the service have the id in the MDC, those of Spring in front.
	 */
	private static @Nullable String requestOf(ILoggingEvent line) {
		if (line.getLoggerName().startsWith("dev.lastseat")) {
			return line.getMDCPropertyMap().get("requestId");
		}
		Matcher id = SPRING_LINE.matcher(line.getFormattedMessage());
		return id.lookingAt() ? id.group(1) : null;
	}

	private Mono<ResponseEntity<String>> send(String id, HttpMethod method, String path, Object body) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.method(method)
			.uri(path)
			.header("X-Request-Id", id)
			.bodyValue(body)
			.exchangeToMono((response) -> response.toEntity(String.class));
	}

}
