package dev.lastseat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;

import static dev.lastseat.RawHttp.readToEnd;
import static dev.lastseat.RawHttp.send;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send too slowly, and clients that do not read. The limits are so short
 * that any request can exceed them on a busy machine. Requests that must arrive in time
 * are therefore repeated until one does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.read-timeout=300ms",
				"lastseat.web.idle-timeout=600ms", "lastseat.web.write-timeout=500ms", "lastseat.web.max-streams=1" })
@ExtendWith(QuietOutput.class)
class ConnectionTimeoutsTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web", "reactor.netty.channel.FluxReceive")
		.allowing("WARN \\S+ \\S+ got overloaded.*too many streams are open.*")
		.allowing("WARN .*An exception has been observed post termination.*");

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	private Socket connect() throws IOException {
		return RawHttp.connect(this.port);
	}

	/**
	 * @return all that the server sends until it closes the connection
	 */
	private String answer(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			return readToEnd(socket);
		}
	}

	@Test
	void closesAConnectionWithoutARequest() throws IOException {
		assertThat(answer("")).isEmpty();
	}

	@Test
	void closesAConnectionWhoseRequestArrivesTooSlowly() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events HTTP/1.1\r\nHost: here\r\nX-Slow: ");

			Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> isClosed(socket, "x"));
		}
	}

	@Test
	void closesAnIdleConnection() {
		eventually()
			.untilAsserted(() -> assertThat(answer("GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\n\r\n"))
				.startsWith("HTTP/1.1 200 ")
				.endsWith("{\"status\":\"UP\"}"));
	}

	@Test
	void rejectsALateBodyAndClosesTheConnection(CapturedOutput output) {
		eventually().untilAsserted(() -> assertThat(answer("POST /api/v1/events HTTP/1.1\r\nHost: here\r\n"
				+ "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"title\": "))
			.startsWith("HTTP/1.1 400 ")
			.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}"));
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void booksNothingForARequestWithALateBody() {
		EventId event = create();
		eventually().untilAsserted(() -> assertThat(answer("PUT /api/v1/events/" + event
				+ "/registrations/ada HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx"))
			.startsWith("HTTP/1.1 400 ")
			.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}"));
		assertThat(this.service.isRegistered(event, new UserId("ada")).block()).isFalse();
	}

	@Test
	void keepsAnIdleStreamOpen() throws IOException {
		EventId event = create();
		try (SseClient stream = openWhenBelowTheLimit(event); Socket idle = connect()) {
			assertThat(stream.next()).isEqualTo("retry: 2000\n\n");
			assertThat(stream.next()).contains("\"ticketsSold\":0");
			assertThat(readToEnd(idle)).isEmpty();

			this.service.book(event, new UserId("ada")).block();

			assertThat(stream.next()).contains("\"ticketsSold\":1");
		}
	}

	/**
	 * The limit is one stream. A second stream can open only after the server has closed
	 * the first.
	 */
	@Test
	void closesAStreamWhoseClientDoesNotRead(CapturedOutput output) throws IOException {
		List<EventId> events = Stream.generate(this::create).limit(100).toList();
		try (Socket stalled = eventually().until(() -> stall(events), Socket::isConnected)) {
			eventually().until(() -> tryToOpen(events.get(0)), (other) -> other == 503);

			Disposable changes = Flux.fromIterable(events)
				.flatMap((event) -> this.service.change(event, EventChange.ofCapacity(1), RevisionCondition.NONE), 4)
				.repeat()
				.subscribe();

			eventually().until(() -> tryToOpen(events.get(0)), (other) -> other == 200);
			changes.dispose();
			assertThat(readToEnd(stalled)).contains("event: status");
		}
		assertThat(output).doesNotContain("ERROR");
	}

	/**
	 * Opens a stream and reads only the beginning of its status line.
	 * @return not connected when the server rejected the stream
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

	/** Tries again when the server closes the connection of a late request. */
	private static ConditionFactory eventually() {
		return Awaitility.await().ignoreExceptions();
	}

	private EventId create() {
		return this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1)).block().id();
	}

	private SseClient open(EventId event) {
		return SseClient.open("http://127.0.0.1:" + this.port + "/api/v1/events/" + event + "/status");
	}

	private SseClient openWhenBelowTheLimit(EventId event) {
		return eventually().until(() -> open(event), (stream) -> stream.status() == 200);
	}

	private int tryToOpen(EventId event) {
		try (SseClient stream = open(event)) {
			return stream.status();
		}
	}

	private static boolean isClosed(Socket socket, String text) {
		try {
			send(socket, text);
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
