package dev.lastseat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.web.problem.ProblemResponder;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service over a real port, on the embedded engine.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class LastseatApplicationTest {

	@LocalServerPort
	private int port;

	@Autowired
	private MongoDatabase database;

	private WebClient client() {
		return WebClient.create("http://127.0.0.1:" + this.port);
	}

	private URI createEvent(int capacity) {
		return client().post()
			.uri("/api/v1/events")
			.bodyValue(Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", capacity))
			.retrieve()
			.toBodilessEntity()
			.block()
			.getHeaders()
			.getLocation();
	}

	private static ObjectId idOf(URI event) {
		return new ObjectId(event.getPath().substring(event.getPath().lastIndexOf('/') + 1));
	}

	private Mono<ResponseEntity<String>> get(String path) {
		return client().get().uri(path).exchangeToMono((response) -> response.toEntity(String.class));
	}

	@Test
	void sellsTheLastSeatOnceToFiftyConcurrentRequests() {
		URI event = createEvent(1);

		List<ResponseEntity<String>> answers = Flux.range(0, 50)
			.flatMap((number) -> client().post()
				.uri(event + "/registrations")
				.bodyValue(Map.of("userId", "user-" + number))
				.exchangeToMono((response) -> response.toEntity(String.class)), 50)
			.collectList()
			.block();

		assertThat(answers).extracting((answer) -> answer.getStatusCode().value()).hasSize(50).containsOnly(201, 409);
		List<ResponseEntity<String>> refusals = answers.stream()
			.filter((answer) -> answer.getStatusCode().value() == 409)
			.toList();
		assertThat(refusals).hasSize(49)
			.allSatisfy((refusal) -> assertThat(refusal.getBody()).contains("\"code\":\"sold-out\"",
					"\"detail\":\"event capacity reached\""));
		Document stored = Mono.from(this.database.getCollection("events").find(Filters.eq(idOf(event)))).block();
		assertThat(stored).containsEntry("tickets_sold", 1);
		assertThat(stored.getList("registration_ids", String.class)).hasSize(1);
	}

	@Test
	void isReadyWhenTheDatabaseAnswers() {
		assertThat(get("/actuator/health/readiness").block().getBody()).contains("\"status\":\"UP\"");
		assertThat(get("/actuator/health/liveness").block().getBody()).contains("\"status\":\"UP\"");
		assertThat(get("/actuator/health").block().getBody()).contains("\"status\":\"UP\"");
	}

	@Test
	void showsItsNameAndVersion() {
		assertThat(get("/actuator/info").block().getBody()).contains("\"name\":\"Lastseat\"", "\"version\":\"");
	}

	@Test
	void exposesNoOtherActuatorEndpoint() {
		Map<String, Integer> statuses = Flux.just("env", "beans", "configprops", "heapdump", "loggers")
			.concatMap((endpoint) -> get("/actuator/" + endpoint)
				.map((answer) -> Map.entry(endpoint, answer.getStatusCode().value())))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
			.block();

		assertThat(statuses).hasSize(5).allSatisfy((endpoint, status) -> assertThat(status).isEqualTo(404));
	}

	@Test
	void tracesNothingWithoutAnExportEndpoint(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(Tracer.class)).isEmpty();
		assertThat(context.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
	}

	@Test
	void namesItsFiltersWithoutANewTextForEachRequest(@Autowired List<WebFilter> filters) {
		List<WebFilter> own = filters.stream()
			.filter((filter) -> filter.getClass().getName().startsWith("dev.lastseat.web"))
			.toList();

		assertThat(own).hasSizeGreaterThanOrEqualTo(3)
			.allSatisfy((filter) -> assertThat(filter.toString()).isSameAs(filter.toString()));
	}

	@Test
	void hasOneErrorHandler(@Autowired List<WebExceptionHandler> handlers) {
		assertThat(handlers).hasOnlyElementsOfType(ProblemResponder.class).hasSize(1);
	}

	/** The service answers this path for requests from the same machine only. */
	@Test
	void showsMetricsToLocalRequests() {
		assertThat(get("/actuator/metrics").block().getStatusCode().value()).isEqualTo(200);
	}

	@Test
	void sendsSecurityHeaders() {
		assertThat(get("/nowhere").block().getHeaders().toSingleValueMap())
			.containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			.containsEntry("X-Content-Type-Options", "nosniff")
			.containsEntry("X-Frame-Options", "DENY")
			.containsEntry("Referrer-Policy", "no-referrer");
	}

	@Test
	void letsClientsCacheAnEventAndRevalidateIt() {
		ResponseEntity<String> event = get(createEvent(1).toString()).block();

		assertThat(event.getHeaders().getCacheControl()).isEqualTo("no-cache");
		assertThat(get("/api/v1/events").block().getHeaders().getCacheControl()).contains("no-store");
	}

	@Test
	void answersAnErrorOfTheFrameworkWithAProblem() {
		ResponseEntity<String> answer = get("/nowhere").block();

		assertThat(answer.getStatusCode().value()).isEqualTo(404);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).contains("\"code\":\"not-found\"");
	}

	/** Uses Reactor Netty, because {@code WebClient} rejects a malformed media type. */
	@Test
	void rejectsAMalformedMediaType() {
		String answer = HttpClient.create()
			.headers((headers) -> headers.set("Content-Type", "nonsense"))
			.post()
			.uri("http://127.0.0.1:" + this.port + "/api/v1/events")
			.send(ByteBufFlux.fromString(Mono.just("{}")))
			.responseSingle((response, body) -> body.asString().map((text) -> response.status().code() + " " + text))
			.block();

		assertThat(answer).startsWith("415 ").contains("\"code\":\"unsupported-media-type\"");
	}

	@Test
	void storesNoRejectedEvent() {
		long before = Mono.from(this.database.getCollection("events").countDocuments()).block();

		client().post()
			.uri("/api/v1/events")
			.bodyValue(Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 0))
			.exchangeToMono((response) -> response.toEntity(String.class))
			.doOnNext((answer) -> assertThat(answer.getStatusCode().value()).isEqualTo(400))
			.block();

		assertThat(Mono.from(this.database.getCollection("events").countDocuments()).block()).isEqualTo(before);
	}

}
