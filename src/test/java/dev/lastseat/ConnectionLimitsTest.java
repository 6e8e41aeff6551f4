package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send too much, or too slowly, or what no client library lets them send:
 * byte by byte over a real connection; and those that do not read.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.read-timeout=300ms",
				"lastseat.web.idle-timeout=600ms", "lastseat.web.write-timeout=500ms", "lastseat.web.max-streams=1" })
@ExtendWith(OutputCaptureExtension.class)
class ConnectionLimitsTest {

	private static final int PATIENCE_MILLIS = 20_000;

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setSoTimeout(PATIENCE_MILLIS);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	/**
	 * @return all that comes until the server closes the connection
	 */
	private static String readToTheEnd(Socket socket) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(received);
		}
		catch (SocketException ex) {
			// Closed with something of ours unread: that is an end, too.
		}
		return received.toString(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "GET /api/v1/events?from=%s HTTP/1.1\\r\\nHost: here\\r\\n\\r\\n | uri     | is too long",
					"GET /api/v1/events HTTP/1.1\\r\\nHost: here\\r\\nX-Long: %s\\r\\n\\r\\n | headers | are too long",
					"GET /api/v1/events SMTP\\r\\nHost: here\\r\\n\\r\\n | request | must be HTTP",
					"nonsense\\r\\n\\r\\n | request | must be HTTP" })
	void answersAnUnreadableRequestWithAProblem(String request, String field, String message) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request.replace("\\r\\n", "\r\n").replace("%s", "x".repeat(9_000)));

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 400 ")
				.containsIgnoringCase("content-type: application/problem+json")
				.contains("X-Request-Id: ", "\"requestId\":\"")
				.contains("\"type\":\"/problems/invalid-request\"", "\"status\":400", "\"code\":\"invalid-request\"",
						"\"retryable\":false", "{\"field\":\"" + field + "\",\"message\":\"" + message + "\"}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb", "50%25", "a%2Eb", "a%0D%0Ab", "a%00b", "%3B", "%5C", "%2E%2E", ".." })
	void knowsNoEventOfAStrangeName(String id) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events/" + id + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 404 ").contains("\"code\":\"event-not-found\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "BREW" })
	void tellsWhichMethodsThereAreWhateverTheMethod(String method) throws IOException {
		try (Socket socket = connect()) {
			send(socket, method + " /problems/sold-out HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 405 ")
				.containsIgnoringCase("allow: GET")
				.contains("\"code\":\"method-not-allowed\"");
		}
	}

	@Test
	void answersARequestThatIsJustShortEnough() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events?limit=1&unused=" + "x".repeat(4_000)
					+ " HTTP/1.1\r\nHost: here\r\nX-Long: " + "x".repeat(8_000) + "\r\nConnection: close\r\n\r\n");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void closesAConnectionThatBringsNothing() throws IOException {
		try (Socket socket = connect()) {
			assertThat(readToTheEnd(socket)).isEmpty();
		}
	}

	/**
	 * Each byte comes well within the time that would count as silence.
	 */
	@Test
	void closesAConnectionWhoseRequestComesByteByByte() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events HTTP/1.1\r\nHost: here\r\nX-Slow: ");

			Awaitility.await()
				.pollInterval(Duration.ofMillis(100))
				.atMost(Duration.ofMillis(PATIENCE_MILLIS))
				.until(() -> refuses(socket, "x"));
		}
	}

	@Test
	void closesAConnectionThatIsNotUsedAgain() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\n\r\n");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"UP\"}");
		}
	}

	@Test
	void answersWhoPipelines() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\n\r\n".repeat(3));

			assertThat(readToTheEnd(socket).split("HTTP/1.1 200 ", -1)).hasSize(4);
		}
	}

	@Test
	void refusesABodyThatDoesNotArriveAndClosesItsConnection(CapturedOutput output) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "POST /api/v1/events HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
					+ "Content-Length: 100\r\n\r\n{\"title\": ");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 400 ")
				.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}");
		}
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void doesNothingForARequestWhoseBodyDoesNotArrive() throws IOException {
		EventId event = create();
		try (Socket socket = connect()) {
			send(socket, "PUT /api/v1/events/" + event
					+ "/registrations/ada HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx");

			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 400 ")
				.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}");
		}
		assertThat(this.service.isRegistered(event, new UserId("ada")).block()).isFalse();
	}

	@Test
	void staysCalmWhenAClientGoesAwayWithinItsRequest(CapturedOutput output) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "POST /api/v1/events HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
					+ "Content-Length: 100\r\n\r\n{\"title\": ");
		}

		try (Socket socket = connect()) {
			send(socket, "GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
			assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 200 ");
		}
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void keepsAStreamOpenThoughNothingHappens() throws IOException {
		EventId event = create();
		try (OpenStream stream = openWhenThereIsAPlace(event); Socket idle = connect()) {
			assertThat(stream.next()).isEqualTo("retry: 2000\n\n");
			assertThat(stream.next()).contains("\"ticketsSold\":0");
			assertThat(readToTheEnd(idle)).isEmpty();

			this.service.book(event, new UserId("ada")).block();

			assertThat(stream.next()).contains("\"ticketsSold\":1");
		}
	}

	/**
	 * There is a place for one stream, so that another gets it shows that the first is
	 * gone.
	 */
	@Test
	void dropsAReaderOfAStreamWhoDoesNotRead(CapturedOutput output) throws IOException {
		List<EventId> events = Stream.generate(this::create).limit(100).toList();
		try (Socket stalled = Awaitility.await().until(() -> stall(events), Socket::isConnected)) {
			assertThat(tryToOpen(events.get(0))).isEqualTo(503);

			Disposable changes = Flux.fromIterable(events)
				.flatMap((event) -> this.service.change(event, EventChange.ofCapacity(1), RevisionCondition.NONE), 4)
				.repeat()
				.subscribe();

			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> tryToOpen(events.get(0)), (other) -> other == 200);
			changes.dispose();
			assertThat(readToTheEnd(stalled)).contains("event: status");
		}
		assertThat(output).doesNotContain("ERROR");
	}

	/**
	 * Opens a stream and reads no more of it than that it has begun.
	 * @return unconnected when there was no place
	 */
	private Socket stall(List<EventId> events) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4 * 1024);
		socket.connect(new InetSocketAddress("127.0.0.1", this.port));
		send(socket,
				events.stream()
					.map((event) -> "eventId=" + event)
					.collect(Collectors.joining("&", "GET /api/v1/status?", " HTTP/1.1\r\nHost: here\r\n\r\n")));
		String begun = "HTTP/1.1 200";
		if (new String(socket.getInputStream().readNBytes(begun.length()), StandardCharsets.US_ASCII).equals(begun)) {
			return socket;
		}
		socket.close();
		return new Socket();
	}

	private EventId create() {
		return this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1)).block().id();
	}

	private OpenStream open(EventId event) {
		return OpenStream.of("http://127.0.0.1:" + this.port + "/api/v1/events/" + event + "/status");
	}

	private OpenStream openWhenThereIsAPlace(EventId event) {
		return Awaitility.await().until(() -> open(event), (stream) -> stream.status() == 200);
	}

	private int tryToOpen(EventId event) {
		try (OpenStream stream = open(event)) {
			return stream.status();
		}
	}

	private static boolean refuses(Socket socket, String text) {
		try {
			send(socket, text);
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
