package dev.lastseat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.function.Tuple2;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service during an outage of its database.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.mongodb.server-selection-timeout=300ms")
class StorageOutageTest {

	private static final ProxiedEngine ENGINE = new ProxiedEngine();

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final int BUYERS = 1_000;

	/**
	 * Repeated requests come in small numbers, as clients that obey Retry-After send
	 * them.
	 */
	private static final int CONCURRENT_RETRIES = 50;

	private static final int SEATS = 600;

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web", "dev.lastseat.mongo")
		.allowing("WARN \\S+ \\S+ got (storage-unavailable|outcome-unknown).*")
		.allowing("WARN Storage task \\S+ failed, a later attempt will continue.*");

	/** One connection for each buyer, so that all requests are in flight at once. */
	private final WebClient client = WebClient.builder()
		.clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.create("buyers", BUYERS))))
		.build();

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

	@Test
	void answers503DuringAnOutageAndRecoversByItself() {
		String event = send(HttpMethod.POST, "/api/v1/events", """
				{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 5}""").getHeaders()
			.getLocation()
			.toString();
		assertThat(status(HttpMethod.PUT, event + "/registrations/ada")).isEqualTo(201);

		ENGINE.proxy().cut();

		assertThat(status(HttpMethod.PUT, event + "/registrations/bob")).as("the write may have been sent")
			.isEqualTo(503);
		ResponseEntity<String> refused = send(HttpMethod.PUT, event + "/registrations/bob", "");
		assertThat(refused.getStatusCode().value()).isEqualTo(503);
		assertThat(refused.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("1");
		assertThat(refused.getBody()).contains("\"code\":\"storage-unavailable\"", "\"retryable\":true");
		assertThat(send(HttpMethod.GET, event, "").getBody()).contains("\"code\":\"storage-unavailable\"");
		assertThat(status(HttpMethod.GET, "/actuator/health/liveness")).isEqualTo(200);
		assertThat(status(HttpMethod.GET, "/actuator/health/readiness")).isEqualTo(503);

		ENGINE.proxy().restore();

		Awaitility.await().atMost(TIMEOUT).until(() -> status(HttpMethod.GET, "/actuator/health/readiness") == 200);
		assertThat(status(HttpMethod.PUT, event + "/registrations/ada")).isEqualTo(200);
		assertThat(status(HttpMethod.PUT, event + "/registrations/bob")).isIn(200, 201);
		assertThat(send(HttpMethod.GET, event, "").getBody()).contains("\"ticketsSold\":2");
	}

	/** The driver reports a failure on its own threads. */
	@Test
	void logsEachFailureWithTheIdOfItsRequest() {
		String event = send(HttpMethod.POST, "/api/v1/events", """
				{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": 5}""").getHeaders()
			.getLocation()
			.toString();
		List<String> ids = IntStream.range(0, 20).mapToObj((number) -> "booking-" + number).toList();
		ENGINE.proxy().cut();

		List<Integer> answers = Flux.fromIterable(ids)
			.flatMap((id) -> request(HttpMethod.PUT, event + "/registrations/" + id, "").header("X-Request-Id", id)
				.exchangeToMono((response) -> response.toEntity(String.class)), ids.size())
			.map((answer) -> answer.getStatusCode().value())
			.collectList()
			.block(TIMEOUT);
		ENGINE.proxy().restore();

		assertThat(answers).hasSize(ids.size()).containsOnly(503);
		assertThat(ids).allSatisfy((id) -> assertThat(this.log.linesOf(id)).singleElement()
			.asString()
			.contains("WARN PUT /api/v1/events/{eventId}/registrations/{userId} got "));
		Awaitility.await().atMost(TIMEOUT).until(() -> status(HttpMethod.GET, "/actuator/health/readiness") == 200);
	}

	@Test
	void answersRequestsInFlightCorrectlyAndAPutResolvesUnknownOutcomes() {
		String event = send(HttpMethod.POST, "/api/v1/events", """
				{"title": "Gala", "startsAt": "2026-12-01T19:00:00Z", "capacity": %d}""".formatted(SEATS)).getHeaders()
			.getLocation()
			.toString();

		List<String> buyers = IntStream.range(0, BUYERS).mapToObj((number) -> "buyer-" + number).toList();
		Function<String, Mono<ResponseEntity<String>>> book = (user) -> exchange(HttpMethod.POST,
				event + "/registrations", "{\"userId\": \"" + user + "\"}");

		// The proxy cuts the connections after a tenth of the first half is answered. It
		// restores them after the first 503 in the second half. No step depends on time.
		Sinks.Empty<Void> cut = Sinks.empty();
		AtomicInteger answered = new AtomicInteger();
		Flux<Tuple2<String, Integer>> before = sendForEach(buyers.subList(0, BUYERS / 2), book, BUYERS)
			.doOnNext((answer) -> {
				if (answered.incrementAndGet() == BUYERS / 20) {
					ENGINE.proxy().cut();
					cut.tryEmitEmpty().orThrow();
				}
			});
		AtomicBoolean restored = new AtomicBoolean();
		Flux<Tuple2<String, Integer>> during = cut.asMono()
			.thenMany(sendForEach(buyers.subList(BUYERS / 2, BUYERS), book, BUYERS))
			.doOnNext((answer) -> {
				if (answer.getT2() == 503 && restored.compareAndSet(false, true)) {
					ENGINE.proxy().restore();
				}
			});

		Map<String, Integer> answers = collect(Flux.merge(before, during));

		assertThat(answers).hasSize(BUYERS).containsValues(201, 503);
		assertThat(Set.copyOf(answers.values())).isSubsetOf(201, 409, 503);

		Awaitility.await().atMost(TIMEOUT).until(() -> status(HttpMethod.GET, "/actuator/health/readiness") == 200);
		Map<String, Integer> settled = collect(sendForEach(buyers,
				(user) -> exchange(HttpMethod.PUT, event + "/registrations/" + user, "")
					.filter((answer) -> !isUnavailable(answer))
					.repeatWhenEmpty((refusals) -> refusals.delayElements(Duration.ofMillis(200))),
				CONCURRENT_RETRIES));

		assertThat(usersWith(settled, 200)).containsAll(usersWith(answers, 201));
		assertThat(usersWith(settled, 200).size() + usersWith(settled, 201).size()).isEqualTo(SEATS);
		assertThat(usersWith(settled, 409)).hasSize(BUYERS - SEATS);
		assertThat(send(HttpMethod.GET, event, "").getBody()).contains("\"ticketsSold\":" + SEATS);
	}

	/**
	 * Sends one request for each user.
	 * @param concurrency the number of requests in flight
	 * @return each user with the status of its answer
	 */
	private static Flux<Tuple2<String, Integer>> sendForEach(List<String> users,
			Function<String, Mono<ResponseEntity<String>>> request, int concurrency) {
		return Flux.fromIterable(users)
			.flatMap((user) -> Mono.just(user)
				.zipWith(request.apply(user).map((answer) -> answer.getStatusCode().value())), concurrency);
	}

	private static Map<String, Integer> collect(Flux<Tuple2<String, Integer>> answers) {
		return answers.collectMap(Tuple2::getT1, Tuple2::getT2).block(TIMEOUT);
	}

	private static boolean isUnavailable(ResponseEntity<String> answer) {
		return answer.getStatusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE);
	}

	private static Set<String> usersWith(Map<String, Integer> answers, int status) {
		return answers.keySet().stream().filter((user) -> answers.get(user) == status).collect(Collectors.toSet());
	}

	private int status(HttpMethod method, String path) {
		return send(method, path, "").getStatusCode().value();
	}

	private ResponseEntity<String> send(HttpMethod method, String path, String body) {
		return exchange(method, path, body).block(TIMEOUT);
	}

	private Mono<ResponseEntity<String>> exchange(HttpMethod method, String path, String body) {
		return request(method, path, body).exchangeToMono((response) -> response.toEntity(String.class));
	}

	private WebClient.RequestHeadersSpec<?> request(HttpMethod method, String path, String body) {
		return this.client.method(method)
			.uri("http://127.0.0.1:" + this.port + path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body);
	}

}
