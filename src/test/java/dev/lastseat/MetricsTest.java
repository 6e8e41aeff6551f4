package dev.lastseat;

import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the metrics for Prometheus with the answers that clients received.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.booking.expiry-interval=100ms" })
class MetricsTest {

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService bookings;

	@Autowired
	private MongoDatabase database;

	@Test
	void countsTheOutcomesThatClientsReceived() {
		String event = createEvent(3);
		String before = scrape();

		List<Integer> answers = Flux.range(0, 60)
			.flatMap((number) -> send(HttpMethod.POST, event + "/registrations",
					Map.of("userId", "user-" + number % 50)), 60)
			.map((answer) -> answer.getStatusCode().value())
			.collectList()
			.block();
		send(HttpMethod.PUT, "/api/v1/events/unknown/registrations/ada", "").block();

		String after = scrape();
		assertThat(answers).filteredOn((status) -> status == 201).hasSize(3);
		assertThat(added("booked", before, after)).isEqualTo(3);
		assertThat(added("sold_out", before, after) + added("already_registered", before, after)).isEqualTo(57);
		assertThat(added("event_not_found", before, after)).isEqualTo(1);
		assertThat(Stream.of("unavailable", "unknown", "busy", "error", "cancelled")
			.mapToDouble((outcome) -> added(outcome, before, after))).containsOnly(0.0);
		assertThat(value(after, "lastseat_admissions_in_flight")).isZero();
		assertThat(value(after, "lastseat_storage_errors_total{kind=\"unavailable\"}")).isZero();
	}

	@Test
	void countsHoldsAndThoseThatTheSweepRemoved() {
		String path = createEvent(3);
		EventId event = new EventId(path.substring(path.lastIndexOf('/') + 1));
		UserId ada = new UserId("ada");
		String held = "lastseat_holds_seconds_count{outcome=\"held\"}";
		String expired = "lastseat_holds_expired_total";
		String before = scrape();
		assertThat(this.bookings.hold(event, ada).block().kind()).isEqualTo(HoldOutcome.Kind.HELD);
		assertThat(this.bookings.hold(event, new UserId("bob")).block().kind()).isEqualTo(HoldOutcome.Kind.HELD);
		assertThat(this.bookings.book(event, new UserId("bob")).block()).isEqualTo(BookingOutcome.CONFIRMED);
		Request.PartyBooking party = new Request.PartyBooking(List.of(new UserId("eve"), new UserId("joe")));
		assertThat(this.bookings.book(event, party).block().kind()).isEqualTo(PartyOutcome.Kind.SOLD_OUT);

		Date past = new Date(0);
		Mono.from(this.database.getCollection("events")
			.updateOne(Filters.eq(new ObjectId(event.value())),
					Updates.combine(Updates.set("holds.ada.until", past), Updates.set("next_expiry", past))))
			.block();

		Awaitility.await().untilAsserted(() -> assertThat(this.bookings.find(event).block().held()).isZero());
		Awaitility.await()
			.untilAsserted(() -> assertThat(value(scrape(), expired)).isEqualTo(value(before, expired) + 1));
		String after = scrape();
		assertThat(value(after, held)).isEqualTo(value(before, held) + 2);
		assertThat(added("confirmed", before, after)).isEqualTo(1);
		assertThat(value(after, "lastseat_parties_seconds_count{outcome=\"sold_out\"}")).isEqualTo(1);
		assertThat(value(after, "lastseat_parties_holds_seconds_count{outcome=\"held\"}")).isZero();
		assertThat(value(after, "lastseat_holds_releases_seconds_count{outcome=\"released\"}")).isZero();
		assertThat(value(after, "lastseat_storage_tasks_failed_total{task=\"expiry\"}")).isZero();
	}

	@Test
	void publishesTheLatencyAsAHistogramWithFewBuckets() {
		String metrics = scrape();

		assertThat(metrics.lines()).filteredOn((line) -> line.startsWith("lastseat_admissions_seconds_bucket{"))
			.filteredOn((line) -> line.contains("outcome=\"booked\""))
			.hasSize(14)
			.anyMatch((line) -> line.contains("le=\"0.001\""))
			.anyMatch((line) -> line.contains("le=\"10.0\""))
			.anyMatch((line) -> line.contains("le=\"+Inf\""));
	}

	@Test
	void measuresTheServerAndTheDriverWithoutUserIds() {
		String event = createEvent(1);
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.GET, HttpMethod.DELETE, HttpMethod.PATCH)) {
			send(method, event + "/registrations/ada-lovelace", "").block();
		}
		send(HttpMethod.GET, "/api/v1/users/ada-lovelace/registrations", "").block();
		send(HttpMethod.GET, "/nowhere/ada-lovelace", "").block();

		String metrics = scrape();

		assertThat(metrics).contains("http_server_requests_seconds_count", "mongodb_driver_pool_size")
			.contains("uri=\"/api/v1/events/{eventId}/registrations/{userId}\"", "uri=\"NOT_FOUND\"")
			.contains("exception=\"method-not-allowed\"", "exception=\"not-found\"")
			.containsPattern("mongodb_driver_commands_seconds_count\\{.*command=\"update\"")
			.doesNotContain("ada-lovelace", event.substring(event.lastIndexOf('/') + 1));
	}

	@Test
	void countsEachRequestOnce() {
		String event = createEvent(1);
		String sample = "http_server_requests_seconds_count{error=\"ProblemException\",exception=\"sold-out\",method=\"PUT\","
				+ "outcome=\"CLIENT_ERROR\",status=\"409\",uri=\"/api/v1/events/{eventId}/registrations/{userId}\"}";
		send(HttpMethod.PUT, event + "/registrations/ada", "").block();
		send(HttpMethod.PUT, event + "/registrations/bob", "").block();
		double before = awaitValue(sample, 0);

		send(HttpMethod.PUT, event + "/registrations/eve", "").block();

		assertThat(awaitValue(sample, before)).isEqualTo(before + 1);
	}

	/** Waits, because a request can be counted after its answer is sent. */
	private double awaitValue(String sample, double previous) {
		return Awaitility.await().until(() -> {
			String metrics = scrape();
			return metrics.contains(sample) ? value(metrics, sample) : 0;
		}, (value) -> value > previous);
	}

	@Test
	void countsAStreamWhenItEnds() {
		String event = createEvent(1);
		String stream = "http_server_requests_seconds_count\\{[^}]*outcome=\"SUCCESS\",status=\"200\",uri=\"/api/v1/events/\\{eventId}/status\"} ";
		double before = count(stream);

		try (SseClient client = SseClient.open("http://127.0.0.1:" + this.port + event + "/status")) {
			assertThat(client.next() + client.next()).contains("\"ticketsSold\":0");
			assertThat(count(stream)).isEqualTo(before);
		}

		Awaitility.await().untilAsserted(() -> assertThat(count(stream)).isEqualTo(before + 1));
	}

	/**
	 * @return the sum of the numbers after each text that the pattern matches
	 */
	private double count(String pattern) {
		return Pattern.compile(pattern + "(\\S+)")
			.matcher(scrape())
			.results()
			.mapToDouble((series) -> Double.parseDouble(series.group(1)))
			.sum();
	}

	private String createEvent(int capacity) {
		URI location = send(HttpMethod.POST, "/api/v1/events",
				Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", capacity))
			.block()
			.getHeaders()
			.getLocation();
		return location.toString();
	}

	private String scrape() {
		return send(HttpMethod.GET, "/actuator/prometheus", "").block().getBody();
	}

	private Mono<ResponseEntity<String>> send(HttpMethod method, String path, Object body) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.method(method)
			.uri(path)
			.bodyValue(body)
			.exchangeToMono((response) -> response.toEntity(String.class));
	}

	private static double added(String outcome, String before, String after) {
		String sample = "lastseat_admissions_seconds_count{outcome=\"" + outcome + "\"}";
		return value(after, sample) - value(before, sample);
	}

	private static double value(String metrics, String sample) {
		return Pattern.compile("^" + Pattern.quote(sample) + " (\\S+)$", Pattern.MULTILINE)
			.matcher(metrics)
			.results()
			.mapToDouble((match) -> Double.parseDouble(match.group(1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + sample));
	}

}
