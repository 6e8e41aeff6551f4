package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.web.StubEvents.GALA;
import static dev.lastseat.web.WebSlice.expectProblem;

/**
 * The two routes of live status.
 */
class StatusHandlerTest {

	private static final String ONE = "/api/v1/events/65f000000000000000000001/status";

	private static final String MANY = "/api/v1/status?eventId=65f000000000000000000001";

	private static final String DATA = "data: {\"eventId\":\"" + GALA.id()
			+ "\",\"capacity\":3,\"ticketsSold\":2,\"held\":0,\"waiting\":0,\"remaining\":1,\"soldOut\":false,"
			+ "\"salesOpenAt\":null,\"salesCloseAt\":null,\"revision\":7}\n\n";

	private static final String STATUS = "event: status\n" + DATA;

	private static final String CLOSED = "event: closed\ndata: {\"eventId\":\"" + GALA.id() + "\"}\n\n";

	private static final String RETRY = "retry: 2000\n\n";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web").allowing("WARN \\S+ \\S+ got .*");

	private final StubEvents events = new StubEvents();

	private final DisposableServer server = WebSlice.serve(this.events);

	private final WebTestClient client = WebSlice.client(this.server);

	private final DisposableServer impatientServer = WebSlice.serve(this.events, Duration.ofMillis(200));

	private final WebTestClient impatient = WebSlice.client(this.impatientServer);

	@AfterEach
	void stop() {
		this.server.disposeNow();
		this.impatientServer.disposeNow();
	}

	private WebTestClient.RequestHeadersSpec<?> request(String path) {
		return this.client.get().uri(path).header("Accept", "text/event-stream");
	}

	private static Flux<String> pieces(WebTestClient.RequestHeadersSpec<?> request) {
		return Flux.defer(() -> request.exchange()
			.expectStatus()
			.isOk()
			.returnResult(byte[].class)
			.getResponseBody()
			.concatMapIterable(StatusHandlerTest::characters)
			.bufferUntil(new EndOfMessage())
			.map((characters) -> String.join("", characters)));
	}

	private static List<String> characters(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8).chars().mapToObj(Character::toString).toList();
	}

	private void delete() {
		this.events.found = Mono.empty();
		this.events.notifier.mayHaveChanged(GALA.id());
	}

	private void sell() {
		store(3, 8);
	}

	private void store(int ticketsSold, long revision) {
		this.events.found = Mono.just(new Event(GALA.id(), GALA.title(), null, GALA.startsAt(), null, 3,
				SaleTerms.DEFAULT, ticketsSold, 0, 0, revision, GALA.createdAt()));
		this.events.notifier.mayHaveChanged(GALA.id());
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			*/*                                             | application/json
			application/json                                | application/json
			text/event-stream                               | text/event-stream
			"text/event-stream, application/json;q=0.9"     | text/event-stream
			"application/json, text/event-stream;q=0.9"     | application/json
			"application/json;q=0, */*"                     | text/event-stream
			"*/*, application/json;q=0.1"                   | text/event-stream
			"text/event-stream;q=0, */*;q=0.1"              | application/json
			application/problem+json                        | application/json
			""", delimiter = '|')
	void answersInThePreferredMediaType(String accept, String type) {
		this.client.method(HttpMethod.HEAD)
			.uri(ONE)
			.header("Accept", accept)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(type);
	}

	@ParameterizedTest
	@CsvSource({ ONE + ", image/png", MANY + ", image/png", MANY + ", application/json" })
	void rejectsAClientThatAcceptsNoMediaType(String path, String accept) {
		expectProblem(this.client.get().uri(path).header("Accept", accept).exchange(), 406, "not-acceptable");
	}

	@Test
	void sendsTheStatesOfAnEventUntilItIsDeleted() {
		pieces(request(ONE)).as(StepVerifier::create)
			.expectNext(RETRY, "id: 7\n" + STATUS)
			.then(this::delete)
			.expectNext(CLOSED)
			.verifyComplete();
	}

	@Test
	void sendsTheStatesOfSeveralEventsUntilTheyAreDeleted() {
		pieces(request(MANY + "&eventId=" + GALA.id())).as(StepVerifier::create)
			.expectNext(RETRY, STATUS)
			.then(this::delete)
			.expectNext(CLOSED)
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { ONE, MANY })
	void showsHeldSeatsAndTheSale(String path) {
		this.events.found = Mono.just(ExampleRequest.GALA);

		pieces(request(path)).as(StepVerifier::create)
			.expectNext(RETRY)
			.expectNextMatches((piece) -> piece.contains("\"ticketsSold\":1,\"held\":1,\"waiting\":0,\"remaining\":1,"
					+ "\"soldOut\":false,\"salesOpenAt\":\"2026-11-01T10:00:00Z\","
					+ "\"salesCloseAt\":\"2026-12-01T18:00:00Z\""))
			.thenCancel()
			.verify();
	}

	@Test
	void forbidsCachingAndBuffering() {
		request(ONE).exchange()
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectHeader()
			.valueEquals("X-Accel-Buffering", "no");
	}

	@ParameterizedTest
	@ValueSource(strings = { "6", "", "x", "8", "1000", "99999999999999999999" })
	void sendsTheCurrentStateToAClientWithoutIt(String lastEventId) {
		pieces(request(ONE).header("Last-Event-ID", lastEventId)).take(2)
			.as(StepVerifier::create)
			.expectNext(RETRY, "id: 7\n" + STATUS)
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "7" })
	void sendsOnlyNewStatesToAClientWithTheCurrentState(String lastEventId) {
		pieces(request(ONE).header("Last-Event-ID", lastEventId)).as(StepVerifier::create)
			.expectNext(RETRY)
			.then(this::sell)
			.expectNextMatches((piece) -> piece.startsWith("id: 8\nevent: status\n"))
			.thenCancel()
			.verify();
	}

	@Test
	void sendsALowerRevisionAfterARollback() {
		pieces(request(ONE).header("Last-Event-ID", "7")).as(StepVerifier::create)
			.expectNext(RETRY)
			.then(() -> store(1, 5))
			.expectNextMatches((piece) -> piece.startsWith("id: 5\nevent: status\n"))
			.thenCancel()
			.verify();
	}

	@Test
	void asksToReconnectWhenTheProcessShutsDown() {
		pieces(request(ONE)).as(StepVerifier::create)
			.expectNext(RETRY, "id: 7\n" + STATUS)
			.then(this.events.notifier::stop)
			.expectNextMatches((piece) -> piece.matches("retry: \\d{4}\n: the service ends\n\n"))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { ONE, MANY })
	void asksANewClientToReconnectWhileTheProcessShutsDown(String path) {
		this.events.notifier.stop();

		pieces(request(path)).as(StepVerifier::create)
			.expectNext(RETRY)
			.expectNextMatches((piece) -> piece.contains("the service ends"))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { ONE, MANY })
	void answersAHeadWithoutAStream(String path) {
		this.client.head()
			.uri(path)
			.header("Accept", "text/event-stream")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/event-stream")
			.expectBody()
			.isEmpty();
	}

	@Test
	void doesNotStreamAnUnknownEvent() {
		this.events.found = Mono.empty();

		expectProblem(request(ONE).exchange(), 404, "event-not-found");
	}

	@Test
	void reportsAnUnknownEventAmongOthersAsClosed() {
		pieces(request("/api/v1/status?eventId=unheard-of&eventId=" + GALA.id())).as(StepVerifier::create)
			.expectNext(RETRY, "event: closed\ndata: {\"eventId\":\"unheard-of\"}\n\n", STATUS)
			.then(this::delete)
			.expectNext(CLOSED)
			.verifyComplete();
	}

	@Test
	void doesNotStreamWhenAllEventsAreUnknown() {
		this.events.found = Mono.empty();

		expectProblem(request(MANY + "&eventId=unheard-of").exchange(), 404, "event-not-found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventId", "eventId=", "eventId&eventId=x", "eventId=x&eventId=" })
	void rejectsAnEmptyEventId(String query) {
		expectProblem(request("/api/v1/status?" + query).exchange(), 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo("eventId");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 101 })
	void rejectsNoEventsAndTooManyEvents(int events) {
		String ids = IntStream.range(0, events).mapToObj((id) -> "eventId=" + id).collect(Collectors.joining("&"));

		expectProblem(request("/api/v1/status?" + ids).exchange(), 400, "invalid-request").jsonPath("$.errors[0].field")
			.isEqualTo("eventId");
	}

	@Test
	void acceptsTheMaximumNumberOfEvents() {
		String ids = IntStream.range(0, 99).mapToObj((id) -> "&eventId=" + id).collect(Collectors.joining());

		pieces(request(MANY + ids)).take(101)
			.filter((piece) -> piece.startsWith("event: closed"))
			.as(StepVerifier::create)
			.expectNextCount(99)
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { ONE, MANY })
	void doesNotStartWhenTheStorageIsUnavailable(String path) {
		this.events.found = Mono.error(new StorageException.Unavailable(new IllegalStateException("away")));

		expectProblem(request(path).exchange(), 503, "storage-unavailable");
	}

	@ParameterizedTest
	@ValueSource(strings = { ONE, MANY })
	void limitsTheWaitForTheFirstState(String path) {
		this.events.found = Mono.never();

		expectProblem(this.impatient.get().uri(path).header("Accept", "text/event-stream").exchange(), 503,
				"storage-unavailable");
	}

	/**
	 * A busy machine may need longer than the request timeout to start the stream, which
	 * this test does not check.
	 */
	@Test
	void continuesLongerThanTheRequestTimeout() {
		Flux.defer(() -> pieces(this.impatient.get().uri(ONE).header("Accept", "text/event-stream")))
			.retry()
			.as(StepVerifier::create)
			.expectNext(RETRY, "id: 7\n" + STATUS)
			.expectNoEvent(Duration.ofMillis(400))
			.thenCancel()
			.verify();
	}

	/** A message ends with an empty line. */
	private static final class EndOfMessage implements Predicate<String> {

		private String before = "";

		@Override
		public boolean test(String character) {
			boolean end = character.equals("\n") && this.before.equals("\n");
			this.before = character;
			return end;
		}

	}

}
