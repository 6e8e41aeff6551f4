package dev.lastseat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No log line contains a user id or a title, whatever fails. All user data in the
 * requests of this test contains a marker. The test searches every line that the process
 * logs for it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.web.access-log=all", "lastseat.mongodb.server-selection-timeout=300ms",
				"lastseat.web.cors.allowed-origins=https://tickets.example.org" })
class LogPrivacyTest {

	private static final String MARKER = "7f3ac9";

	private static final ProxiedEngine ENGINE = new ProxiedEngine();

	private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<Appender<ILoggingEvent>> console = new ArrayList<>();

	private Level level;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void useTheProxiedEngine(DynamicPropertyRegistry registry) {
		registry.add("spring.mongodb.uri", ENGINE::connectionString);
	}

	@AfterAll
	static void stop() {
		ENGINE.close();
	}

	@BeforeEach
	void listen() {
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		this.level = ROOT.getLevel();
		// The default level of the service. Other tests use WARN: see logback-test.xml.
		ROOT.setLevel(Level.INFO);
		// Keeps these lines from the console: a passing build prints no errors.
		ROOT.iteratorForAppenders().forEachRemaining(this.console::add);
		this.console.forEach(ROOT::detachAppender);
		ROOT.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		ROOT.detachAppender(this.log);
		this.console.forEach(ROOT::addAppender);
		ROOT.setLevel(this.level);
	}

	/**
	 * @return the status
	 */
	private int send(String method, String path, String headers, String body) {
		String answer = RawHttp.exchange(this.port, method + " " + path + " HTTP/1.1\r\nHost: here\r\n" + headers
				+ "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
		return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
	}

	private int json(String method, String path, String body) {
		return send(method, path, "Content-Type: application/json\r\n", body);
	}

	private String createEvent() {
		String answer = RawHttp.exchange(this.port, """
				POST /api/v1/events HTTP/1.1\r
				Host: here\r
				Connection: close\r
				Content-Type: application/json\r
				Content-Length: %d\r
				\r
				%s""".formatted(event("1").length(), event("1")));
		return answer.lines()
			.filter((line) -> line.toLowerCase().startsWith("location: "))
			.map((line) -> line.substring("location: ".length()).strip())
			.findFirst()
			.orElseThrow();
	}

	private static String event(String capacity) {
		return "{\"title\":\"Gala %s\",\"description\":\"%s\",\"startsAt\":\"2027-01-01T20:00:00Z\",\"capacity\":%s}"
			.formatted(MARKER, MARKER, capacity);
	}

	@Test
	void logsNoUserDataOfAnsweredRequests() {
		String event = createEvent();
		String user = event + "/registrations/" + MARKER;
		String hold = event + "/holds/" + MARKER;
		String place = event + "/waiting-list/" + MARKER;

		List<Integer> answers = List.of(send("PUT", user, "", ""), send("PUT", user, "", ""), send("GET", user, "", ""),
				send("HEAD", user, "", ""), send("PUT", user + "2", "", ""),
				json("POST", event + "/registrations", "{\"userId\":\"" + MARKER + "\"}"),
				json("POST", event + "/registrations", "{\"userId\":\"" + MARKER + " \"}"),
				json("POST", event + "/registrations", "{\"" + MARKER + "\":1}"),
				json("POST", event + "/registrations", "{\"userId\":" + MARKER),
				json("POST", event + "/registrations", "{\"userId\":{\"" + MARKER + "\":1}}"),
				json("POST", event + "/registrations", "{\"userId\":\"" + MARKER + "\u00ff\"}"),
				send("POST", event + "/registrations", "Content-Type: text/" + MARKER + "\r\n", MARKER),
				send("POST", event + "/registrations", "Content-Type: " + MARKER + "\r\n", MARKER),
				send("GET", user, "Accept: text/" + MARKER + "\r\n", ""),
				send("GET", user, "Accept: " + MARKER + "\r\n", ""), send("GET", user + "%20", "", ""),
				send("GET", user + "%zz", "", ""), send("GET", user + "%C1%A1", "", ""), send("PATCH", user, "", ""),
				send("BREW", user, "", ""), send("OPTIONS", user, "", ""),
				send("OPTIONS", user,
						"Origin: https://" + MARKER + ".example\r\nAccess-Control-Request-Method: PUT\r\n", ""),
				send("PUT", user, "Origin: " + MARKER + "\r\n", ""),
				send("PUT", user, "Authorization: Bearer " + MARKER + "\r\n", ""),
				send("PUT", user, "If-None-Match: *\r\n", ""),
				send("PUT", user, "If-Match: \"" + MARKER + "\"\r\n", ""),
				send("GET", "/api/v1/users/" + MARKER + "/registrations?limit=x", "", ""),
				send("GET", "/api/v1/users/" + MARKER + "/registrations?after=" + MARKER, "", ""),
				send("GET", "/api/v1/users/" + MARKER + "/registrations", "", ""),
				send("GET", "/api/v1/events?from=" + MARKER, "", ""),
				send("GET", "/api/v1/status?eventId=" + MARKER, "", ""), send("GET", "/" + MARKER, "", ""),
				send("GET", "/page/" + MARKER, "", ""), send("GET", "/actuator/metrics/" + MARKER, "", ""),
				send("GET", "/actuator/" + MARKER, "", ""), send("GET", "/problems/" + MARKER, "", ""),
				send("GET", "/swagger-ui/../" + MARKER, "", ""), send("GET", "/swagger-ui/%2e%2e/" + MARKER, "", ""),
				send("PUT", hold, "", ""), send("GET", hold, "", ""), send("HEAD", hold, "", ""),
				send("PUT", hold + "%20", "", ""), send("PUT", hold + "%zz", "", ""), send("PATCH", hold, "", ""),
				send("PUT", hold, "If-None-Match: *\r\n", ""), send("DELETE", hold, "", ""), send("PUT", place, "", ""),
				send("GET", place, "", ""), send("DELETE", place, "", ""), send("PUT", place + "%20", "", ""),
				send("GET", event + "/users/" + MARKER, "", ""),
				send("GET", event + "/waiting-list?after=" + MARKER, "", ""),
				send("GET", event + "/journal?after=" + MARKER, "", ""),
				send("GET", event + "/holds?offers=" + MARKER, "", ""),
				send("GET", event + "/holds?after=" + MARKER, "", ""),
				json("PUT", event + "/registrations", "{\"userIds\":[\"" + MARKER + "\",\"x\"]}"),
				json("PUT", event + "/registrations", "{\"userIds\":[\"" + MARKER + " \"]}"),
				json("PUT", event + "/holds", "{\"userIds\":[\"" + MARKER + "3\"]}"),
				json("PUT", event + "/holds", "{\"userIds\":[\"" + MARKER + "\",\"" + MARKER + "\"]}"),
				json("PUT", event + "/holds", "{\"userIds\":\"" + MARKER + "\"}"),
				json("PUT", event + "/holds", "{\"" + MARKER + "\":[]}"), json("POST", "/api/v1/events", event("0")),
				json("POST", "/api/v1/events", event("\"" + MARKER + "\"")),
				json("POST", "/api/v1/events", event("1").replace("2027", MARKER)),
				json("POST", "/api/v1/events", event("1" + " ".repeat(70_000))), json("PATCH", event, event("0")),
				json("PATCH", event, "{\"title\":\"" + MARKER + "\\u0000\"}"),
				json("PATCH", event, "{\"title\":\"" + MARKER + "\"}"), send("DELETE", event, "", ""),
				send("DELETE", user, "", ""), send("DELETE", event, "", ""));

		assertThat(answers).contains(200, 201, 204, 400, 403, 404, 405, 406, 409, 412, 413, 415);
		expectNoMarkerInTheLog();
	}

	@Test
	void logsNoUserDataOfMalformedOrIncompleteRequests() {
		String event = createEvent();
		String put = "PUT " + event + "/registrations/" + MARKER + " HTTP/1.1\r\nHost: here\r\n";
		String chunked = put + "Transfer-Encoding: chunked\r\n\r\n";

		send("GET", event + "/holds/" + MARKER, "", "");
		RawHttp.exchange(this.port, chunked + "zz\r\n");
		RawHttp.exchange(this.port, put + "Content-Length: x\r\n\r\n");
		RawHttp.exchange(this.port, put + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
		RawHttp.exchange(this.port, put + "X: " + MARKER.repeat(2_000) + "\r\n\r\n");
		RawHttp.exchange(this.port, put + MARKER + "\r\n\r\n");
		RawHttp.exchange(this.port, "PUT /" + MARKER.repeat(1_000) + " HTTP/1.1\r\nHost: here\r\n\r\n");
		RawHttp.exchange(this.port, "PUT " + MARKER + "\r\n\r\n");
		RawHttp.exchange(this.port, put.replace("Host: here\r\n", "") + "\r\n");
		RawHttp.exchange(this.port, put + "Host: " + MARKER + "\r\n\r\n");
		RawHttp.exchange(this.port, put + "Expect: " + MARKER + "\r\nConnection: close\r\n\r\n");
		RawHttp.exchange(this.port, put + "\r\nPRI * HTTP/2.0 " + MARKER + "\r\n\r\n");
		RawHttp.sendAndDisconnect(this.port, put + "Content-Length: 10\r\n\r\n" + MARKER);
		RawHttp.sendAndDisconnect(this.port, put + "\r\n");
		RawHttp.sendAndDisconnect(this.port, put);
		RawHttp.sendAndDisconnect(this.port, "GET " + event + "/status?x=" + MARKER
				+ " HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\n\r\n");

		expectNoMarkerInTheLog();
	}

	@Test
	void logsNoUserDataDuringAStorageOutage() {
		String event = createEvent();
		String user = event + "/registrations/" + MARKER;
		ENGINE.proxy().cut();

		List<Integer> answers = List.of(send("PUT", user, "", ""), send("GET", user, "", ""),
				send("DELETE", user, "", ""), send("PUT", event + "/holds/" + MARKER, "", ""),
				send("GET", event + "/holds/" + MARKER, "", ""), send("DELETE", event + "/holds/" + MARKER, "", ""),
				json("PUT", event + "/holds", "{\"userIds\":[\"" + MARKER + "\"]}"),
				json("PUT", event + "/registrations", "{\"userIds\":[\"" + MARKER + "\"]}"),
				send("GET", event + "/holds", "", ""), send("PUT", event + "/waiting-list/" + MARKER, "", ""),
				send("GET", event + "/waiting-list/" + MARKER, "", ""),
				send("DELETE", event + "/waiting-list/" + MARKER, "", ""),
				send("GET", event + "/users/" + MARKER, "", ""), send("GET", event + "/waiting-list", "", ""),
				send("GET", event + "/journal", "", ""),
				json("POST", event + "/registrations", "{\"userId\":\"" + MARKER + "\"}"),
				json("POST", "/api/v1/events", event("1")), json("PATCH", event, "{\"title\":\"" + MARKER + "\"}"),
				send("GET", "/api/v1/users/" + MARKER + "/registrations", "", ""));
		ENGINE.proxy().restore();

		assertThat(answers).containsOnly(503);
		expectNoMarkerInTheLog();
		Awaitility.await().atMost(TestRun.TIMEOUT).until(() -> send("GET", event, "", "") == 200);
	}

	/**
	 * Sends a last request and waits for its line. The access log has the order of the
	 * requests, so all earlier lines are written by then.
	 */
	private void expectNoMarkerInTheLog() {
		send("GET", "/", "X-Request-Id: last-request\r\n", "");
		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.until(() -> this.log.list.stream()
				.anyMatch((line) -> "last-request".equals(line.getMDCPropertyMap().get("requestId"))));
		assertThat(this.log.list).extracting(LogPrivacyTest::allOf)
			.anyMatch((line) -> line.contains("/api/v1/events/{eventId}/registrations/{userId}"))
			.anyMatch((line) -> line.contains("/api/v1/events/{eventId}/holds/{userId}"))
			.allSatisfy((line) -> assertThat(line).doesNotContain(MARKER));
	}

	/**
	 * @return everything that an appender can write for a line
	 */
	private static String allOf(ILoggingEvent line) {
		return line.getLoggerName() + " " + line.getFormattedMessage() + " " + line.getMDCPropertyMap() + " "
				+ line.getKeyValuePairs() + " " + stackTrace(line);
	}

	private static String stackTrace(ILoggingEvent line) {
		return (line.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(line.getThrowableProxy()) : "";
	}

}
