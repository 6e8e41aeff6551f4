package dev.lastseat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import dev.lastseat.status.ChangeNotifier;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.status.StatusUpdate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No code blocks Reactor's threads or the event loops of the server. The driver's threads
 * are not checked: they belong to a channel group of the JDK, which parks them itself
 * when they are idle. Runs in a separate JVM, because BlockHound rewrites classes.
 */
@Tag("blockhound")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class NonBlockingTest {

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	@Autowired
	private ChangeNotifier notifier;

	@BeforeAll
	static void installBlockHound() {
		// The driver's connection pool guards its state by locks that it holds briefly.
		BlockHound.builder()
			.loadIntegrations()
			.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock")
			.allowBlockingCallsInside("com.mongodb.internal.Locks", "lockInterruptibly")
			.allowBlockingCallsInside("com.mongodb.internal.Locks", "lockInterruptiblyUnfair")
			.allowBlockingCallsInside("com.mongodb.internal.Locks", "withInterruptibleLock")
			.allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithInterruptibleLock")
			.install();
	}

	@Test
	void detectsBlockingOnReactorThreads() {
		expectBlockingDetected(Mono.just(1).publishOn(Schedulers.parallel()), "parallel");
	}

	@Test
	void detectsBlockingOnServerEventLoops() {
		expectBlockingDetected(client().get().uri("/").exchangeToMono((response) -> response.toEntity(String.class)),
				"reactor-http");
	}

	private static void expectBlockingDetected(Mono<?> signal, String thread) {
		signal.doOnNext((value) -> {
			assertThat(Thread.currentThread().getName()).startsWith(thread);
			sleep();
		})
			.as(StepVerifier::create)
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(BlockingOperationError.class));
	}

	@Test
	void bookingsAndReleasesDoNotBlock() {
		EventId event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 5)).block().id();

		Flux.range(0, 100)
			.flatMap((number) -> this.service.book(event, new UserId("user-" + number % 50))
				.then(this.service.isRegistered(event, new UserId("user-" + number)))
				.then(this.service.release(event, new UserId("user-" + number)))
				.subscribeOn(Schedulers.parallel()), 100)
			.then(this.service.registrations(event, null, 10))
			.then()
			.as(StepVerifier::create)
			.verifyComplete();
	}

	@Test
	void liveStatusDoesNotBlock() {
		EventId event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 200)).block().id();
		LiveStatus<StatusUpdate> live = new LiveStatus<>(this.notifier, Function.identity());
		Flux<BookingOutcome> sale = Flux.range(0, 200)
			.flatMap((number) -> this.service.book(event, new UserId("user-" + number))
				.subscribeOn(Schedulers.parallel()), 20);

		Flux.range(0, 100)
			.flatMap(
					(number) -> ((number % 2 == 0) ? live.updates(event) : live.updates(Set.of(event))).takeUntil(
							(update) -> update instanceof StatusUpdate.Current current && current.status().soldOut()),
					100)
			.mergeWith(sale.then(Mono.empty()))
			.then()
			.as(StepVerifier::create)
			.verifyComplete();
	}

	@Test
	void httpRequestsDoNotBlock() {
		URI event = client().post()
			.uri("/api/v1/events")
			.bodyValue(Map.of("title", "Gala", "startsAt", "2026-12-01T19:00:00Z", "capacity", 1))
			.retrieve()
			.toBodilessEntity()
			.block()
			.getHeaders()
			.getLocation();

		Flux.just("GET " + event, "GET " + event + "/status", "PUT " + event + "/registrations/ada",
				"PUT " + event + "/registrations/bob", "PUT " + event + "/waiting-list/bob",
				"GET " + event + "/waiting-list/bob", "GET " + event + "/users/bob", "GET " + event + "/waiting-list",
				"DELETE " + event + "/waiting-list/bob", "GET " + event + "/journal",
				"PUT " + event + "/registrations/" + "x".repeat(256), "GET " + event + "/registrations/ada",
				"DELETE " + event + "/registrations/ada", "GET /nowhere", "PUT /api/v1/events",
				"GET " + event + "/registrations", "GET /api/v1/users/ada/registrations", "PATCH " + event,
				"DELETE " + event, "GET /problems/sold-out", "GET /api/v1/events", "GET /actuator/health/readiness",
				"GET /actuator/prometheus", "GET /actuator/sbom", "POST /api/v1/events", "GET /v3/api-docs",
				"GET /v3/api-docs.yaml", "GET /swagger-ui.html", "GET /swagger-ui/index.html",
				"HEAD /swagger-ui/swagger-ui-bundle.js")
			.concatMap((request) -> client().method(HttpMethod.valueOf(request.substring(0, request.indexOf(' '))))
				.uri(request.substring(request.indexOf(' ') + 1))
				.exchangeToMono((response) -> response.toEntity(String.class)))
			.map((answer) -> answer.getStatusCode().value())
			.as(StepVerifier::create)
			.expectNext(200, 200, 201, 409, 201, 200, 200, 200, 204, 200, 400, 200, 204, 404, 405, 200, 200, 400, 204,
					200, 200, 200, 200, 200, 400, 200, 200, 302, 200, 200)
			.verifyComplete();
	}

	@Test
	void httpStreamsDoNotBlock() {
		EventId event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 5)).block().id();

		Flux.just("/api/v1/events/" + event + "/status", "/api/v1/status?eventId=" + event)
			.flatMap((path) -> client().get()
				.uri(path)
				.accept(MediaType.TEXT_EVENT_STREAM)
				.retrieve()
				.bodyToFlux(String.class), 2)
			.as(StepVerifier::create)
			.expectNextCount(2)
			.then(() -> this.service.delete(event, false, RevisionCondition.NONE).subscribe())
			.expectNextCount(2)
			.verifyComplete();
	}

	private WebClient client() {
		return WebClient.create("http://127.0.0.1:" + this.port);
	}

	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
