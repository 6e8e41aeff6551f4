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

import static dev.lastseat.RawHttp.readToTheEnd;
import static dev.lastseat.RawHttp.send;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send too slowly, and clients that do not read. The limits are so short
 * that a busy machine can exceed them with any request: what a client sends in time is
 * tried until it is in time.
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
			return readToTheEnd(socket);
		}
	}

	@Test
	void closesAConnectionThatBringsNothing() throws IOException {
		assertThat(answer("")).isEmpty();
	}

	@Test
	void closesAConnectionWhoseRequestComesByteByByte() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "GET /api/v1/events HTTP/1.1\r\nHost: here\r\nX-Slow: ");

			Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> refuses(socket, "x"));
		}
	}

	@Test
	void closesAConnectionThatIsNotUsedAgain() {
		eventually()
			.untilAsserted(() -> assertThat(answer("GET /actuator/health/liveness HTTP/1.1\r\nHost: here\r\n\r\n"))
				.startsWith("HTTP/1.1 200 ")
				.endsWith("{\"status\":\"UP\"}"));
	}

	@Test
	void refusesABodyThatDoesNotArriveAndClosesItsConnection(CapturedOutput output) {
		eventually().untilAsserted(() -> assertThat(answer("POST /api/v1/events HTTP/1.1\r\nHost: here\r\n"
				+ "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"title\": "))
			.startsWith("HTTP/1.1 400 ")
			.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}"));
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void doesNothingForARequestWhoseBodyDoesNotArrive() {
		EventId event = create();
		eventually().untilAsserted(() -> assertThat(answer("PUT /api/v1/events/" + event
				+ "/registrations/ada HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx"))
			.startsWith("HTTP/1.1 400 ")
			.contains("{\"field\":\"body\",\"message\":\"did not arrive in time\"}"));
		assertThat(this.service.isRegistered(event, new UserId("ada")).block()).isFalse();
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
		try (Socket stalled = eventually().until(() -> stall(events), Socket::isConnected)) {
			eventually().until(() -> tryToOpen(events.get(0)), (other) -> other == 503);

			Disposable changes = Flux.fromIterable(events)
				.flatMap((event) -> this.service.change(event, EventChange.ofCapacity(1), RevisionCondition.NONE), 4)
				.repeat()
				.subscribe();

			eventually().until(() -> tryToOpen(events.get(0)), (other) -> other == 200);
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

	/** Tries again when the server closes the connection of a request that was late. */
	private static ConditionFactory eventually() {
		return Awaitility.await().ignoreExceptions();
	}

	private EventId create() {
		return this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1)).block().id();
	}

	private OpenStream open(EventId event) {
		return OpenStream.of("http://127.0.0.1:" + this.port + "/api/v1/events/" + event + "/status");
	}

	private OpenStream openWhenThereIsAPlace(EventId event) {
		return eventually().until(() -> open(event), (stream) -> stream.status() == 200);
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
