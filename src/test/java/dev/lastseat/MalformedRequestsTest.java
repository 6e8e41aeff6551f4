package dev.lastseat;

import java.net.SocketException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The service reads a request to its end before it processes it. A malformed request
 * changes nothing and adds one line to the log; an incomplete one adds none.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "logging.level.dev.lastseat.web=INFO" })
@ExtendWith(QuietOutput.class)
class MalformedRequestsTest {

	private static final UserId ADA = new UserId("ada-lovelace");

	private static final UserId BOB = new UserId("bob-builder");

	private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	private Event event;

	private String path;

	@BeforeEach
	void createAnEvent() {
		this.event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 5)).block();
		this.path = "/api/v1/events/" + this.event.id();
	}

	/**
	 * The rest of a request after its first header, and the field that the problem names.
	 */
	private static Map<String, String> malformedRests() {
		return Map.ofEntries(Map.entry(CHUNKED + "\r\nzz\r\n", "body"), //
				Map.entry(CHUNKED + "\r\n-1\r\n", "body"), //
				Map.entry(CHUNKED + "\r\nffffffffffffffffff\r\n", "body"),
				Map.entry(CHUNKED + "\r\n3\r\nabcX\r\n0\r\n\r\n", "body"),
				Map.entry(CHUNKED + "\r\n0;" + "x".repeat(9_000) + "\r\n\r\n", "body"),
				Map.entry(CHUNKED + "\r\n0\r\nnonsense\r\n\r\n", "body"),
				Map.entry(CHUNKED + "\r\n0\r\nX-Long: " + "x".repeat(9_000) + "\r\n\r\n", "body"),
				Map.entry(CHUNKED + "Content-Length: 3\r\n\r\n0\r\n\r\n", "request"),
				Map.entry("Transfer-Encoding: identity\r\n\r\n", "request"),
				Map.entry("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding"),
				Map.entry("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "request"),
				Map.entry("Content-Length: x\r\n\r\n", "request"), //
				Map.entry("Content-Length: -1\r\n\r\n", "request"), Map.entry("Content-Length: +1\r\n\r\nx", "request"),
				Map.entry("Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "request"),
				Map.entry("X-Nul: a\0b\r\n\r\n", "request"), //
				Map.entry("nonsense\r\n\r\n", "request"), //
				Map.entry("Host: elsewhere\r\n\r\n", "Host"), //
				Map.entry("Expect: 200-ok\r\n\r\n", "Expect"));
	}

	static Stream<Arguments> malformedRequests() {
		return malformedRests().entrySet()
			.stream()
			.flatMap((entry) -> Stream
				.of("PUT %s/registrations/ada-lovelace", "DELETE %s/registrations/bob-builder", "DELETE %s", "GET %s")
				.map((line) -> arguments(line, entry.getKey(), entry.getValue())));
	}

	@ParameterizedTest
	@MethodSource("malformedRequests")
	void rejectsAMalformedRequestAndChangesNothing(String line, String rest, String field, CapturedOutput log) {
		Event before = withBobRegisteredUnlessDeleted(line);
		int logged = log.getAll().length();

		String answer = RawHttp.exchange(this.port, head(line) + rest);

		assertThat(answer).startsWith("HTTP/1.1 400 ")
			.containsOnlyOnce("HTTP/1.1 400")
			.contains("application/problem+json", "X-Request-Id", "\"code\":\"invalid-request\"",
					"{\"field\":\"" + field + "\"");
		expectNothingChanged(before);
		expectOneLine(log.getAll().substring(logged));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 70000\r\n\r\n%s", CHUNKED + "\r\n11170\r\n%s\r\n0\r\n\r\n",
			CHUNKED + "\r\n8000\r\n%1$.32768s\r\n8000\r\n%1$.32768s\r\n1\r\nx\r\n0\r\n\r\n",
			"Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n" })
	void rejectsATooLargeBodyAndChangesNothing(String rest, CapturedOutput log) {
		Event before = withBobRegisteredUnlessDeleted("PUT");
		int logged = log.getAll().length();

		for (String line : List.of("PUT %s/registrations/ada-lovelace", "DELETE %s/registrations/bob-builder")) {
			String answer = RawHttp.exchange(this.port, head(line) + rest.formatted("x".repeat(70_000)));

			assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"payload-too-large\"");
		}

		expectNothingChanged(before);
		assertThat(log.getAll().substring(logged)).containsPattern("Rejected .* 413 (?s:.*) 413 ")
			.doesNotContain("ERROR", "ada-lovelace", "bob-builder");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 10\r\n\r\n123", "Content-Le", CHUNKED + "\r\n3\r\nabc\r\n",
			CHUNKED + "\r\n0\r\n" })
	void ignoresAnIncompleteRequest(String rest, CapturedOutput log) {
		Event before = withBobRegisteredUnlessDeleted("PUT");
		int logged = log.getAll().length();

		RawHttp.sendAndDisconnect(this.port, head("PUT %s/registrations/ada-lovelace") + rest);
		RawHttp.sendAndDisconnect(this.port, head("DELETE %s/registrations/bob-builder") + rest);

		expectNothingChanged(before);
		assertThat(log.getAll().substring(logged)).isEmpty();
	}

	/** The server reads a body to its end even when no handler reads it. */
	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 60000\r\n\r\n%s", CHUNKED + "\r\nea60\r\n%s\r\n0\r\nX: y\r\n\r\n",
			"Expect: 100-continue\r\nContent-Length: 60000\r\n\r\n%s" })
	void readsABodyThatIsNotNeeded(String rest) {
		String answer = RawHttp.exchange(this.port,
				head("PUT %s/registrations/ada-lovelace") + rest.formatted("x".repeat(60_000))
						+ "GET /nothing HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

		assertThat(answer).contains("HTTP/1.1 201 ").contains("HTTP/1.1 404 ");
		assertThat(this.service.isRegistered(this.event.id(), ADA).block()).isTrue();
	}

	/** A malformed request does not change the answer of the request before it. */
	@ParameterizedTest
	@ValueSource(strings = { "PRI * HTTP/2.0\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n" })
	void answersTheRequestBeforeAMalformedOne(String next, CapturedOutput log) {
		int logged = log.getAll().length();

		String answer = RawHttp.exchange(this.port, head("PUT %s/registrations/ada-lovelace") + "\r\n" + next);

		assertThat(answer).startsWith("HTTP/1.1 201 ").containsPattern("(?s)\"userId\":\"ada-lovelace\"}HTTP/1.1 4");
		assertThat(this.service.isRegistered(this.event.id(), ADA).block()).isTrue();
		expectOneLine(log.getAll().substring(logged));
	}

	@Test
	void ignoresRequestsAfterAMalformedOne() {
		Event before = withBobRegisteredUnlessDeleted("PUT");

		String answer = RawHttp.exchange(this.port,
				"GET / HTTP/1.1\r\n\r\n" + head("PUT %s/registrations/ada-lovelace") + "\r\n");

		assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 400");
		expectNothingChanged(before);
	}

	@Test
	void answersPipelinedRequestsInOrder() {
		String answer = RawHttp.exchange(this.port,
				(head("PUT %s/registrations/ada-lovelace") + "\r\n" + head("DELETE %s/registrations/ada-lovelace")
						+ "\r\n")
					.repeat(30) + "GET /nothing HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

		assertThat(answer.replaceAll("(?s).*?HTTP/1.1 (\\d+) ((?!HTTP/1.1).)*", "$1 "))
			.isEqualTo("201 204 ".repeat(30) + "404 ");
	}

	@Test
	void closesAConnectionWithTooManyPipelinedRequests(CapturedOutput log) {
		try {
			RawHttp.exchange(this.port, (head("GET %s") + "\r\n").repeat(2_000));
		}
		catch (IllegalStateException ex) {
			// The server closed the connection before the client had sent everything.
			assertThat(ex).hasCauseInstanceOf(SocketException.class);
		}

		assertThat(log.getAll()).contains("Closed a connection with a decoding error").doesNotContain("ERROR");
	}

	private String head(String line) {
		return line.formatted(this.path) + " HTTP/1.1\r\nHost: here\r\n";
	}

	/**
	 * @return the event before the request; without registrations when the request
	 * deletes it, since such an event cannot be deleted otherwise
	 */
	private Event withBobRegisteredUnlessDeleted(String line) {
		if (!line.equals("DELETE %s")) {
			this.service.book(this.event.id(), BOB).block();
		}
		return this.service.find(this.event.id()).block();
	}

	/**
	 * Books once more before it compares: an unwanted write that is still in the queue is
	 * done by then.
	 */
	private void expectNothingChanged(Event before) {
		this.service.book(before.id(), new UserId("eve")).block();

		assertThat(this.service.find(before.id()).block()).satisfies((after) -> {
			assertThat(after.revision()).isEqualTo(before.revision() + 1);
			assertThat(after.ticketsSold()).isEqualTo(before.ticketsSold() + 1);
		});
	}

	private static void expectOneLine(String log) {
		assertThat(log.lines()).hasSize(1);
		assertThat(log).contains("INFO", "Rejected a request that cannot be read: 4")
			.doesNotContain("ada-lovelace", "bob-builder", "/api/v1");
	}

}
