package dev.lastseat.web.metrics;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.LoggedRequests;
import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemResponder;
import dev.lastseat.web.problem.ProblemWriter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of a request are those of Spring's observation, however the request ends.
 */
class RequestMetersTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("org.springframework.web.server.adapter", "dev.lastseat.web")
		.allowing("ERROR .* already committed .*")
		.allowing("ERROR GET \\S+ failed: .*");

	@ParameterizedTest
	@EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void measuresWhatTheObservationOfSpringMeasures(End end) {
		Map<String, Integer> expected = measured(HttpMethod.GET, end, RequestMetersTest::observed);

		assertThat(expected).hasSize(2);
		assertThat(measured(HttpMethod.GET, end, RequestMetersTest::metered)).isEqualTo(expected);
	}

	static Stream<HttpMethod> methods() {
		return Stream.concat(Stream.of(HttpMethod.values()), Stream.of(HttpMethod.valueOf("BREW")));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void namesTheMethodsThatTheObservationOfSpringNames(HttpMethod method) {
		Map<String, Integer> expected = measured(method, End.BODY, RequestMetersTest::observed);

		assertThat(expected).hasSize(2);
		assertThat(measured(method, End.BODY, RequestMetersTest::metered)).isEqualTo(expected);
	}

	private static WebHttpHandlerBuilder observed(WebHttpHandlerBuilder server, MeterRegistry registry) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		return server.observationRegistry(observations).observationConvention(new RequestObservationConvention());
	}

	private static WebHttpHandlerBuilder metered(WebHttpHandlerBuilder server, MeterRegistry registry) {
		return server.filter(new RequestMetersFilter(new RequestMeters(registry)));
	}

	/**
	 * Sends a request that ends, and a second one that does not.
	 * @return the meters with their tags, and the number of requests in each
	 */
	private static Map<String, Integer> measured(HttpMethod method, End end, Measurement measurement) {
		MeterRegistry registry = new SimpleMeterRegistry();
		send(method, end, measurement, registry);
		send(method, End.NONE, measurement, registry);
		return registry.getMeters().stream().collect(Collectors.toMap((meter) -> text(meter.getId()), (meter) -> {
			if (meter instanceof LongTaskTimer active) {
				return active.activeTasks();
			}
			return Math.toIntExact(((Timer) meter).count());
		}));
	}

	/** The handler of errors answers later, as one does that waits for something. */
	private static void send(HttpMethod method, End end, Measurement measurement, MeterRegistry registry) {
		ProblemResponder problems = new ProblemResponder(
				new ProblemWriter(JsonMapper.shared(), new AccessLog(LoggedRequests.OFF)), List::of, "/none");
		Sinks.Empty<Void> handled = Sinks.empty();
		MockServerHttpResponse response = new MockServerHttpResponse();
		// The status that Reactor Netty begins with.
		response.setStatusCode(HttpStatus.OK);
		Disposable request = measurement.apply(WebHttpHandlerBuilder.webHandler(end.handler), registry)
			.exceptionHandler(
					(exchange, error) -> handled.asMono().then(Mono.defer(() -> problems.handle(exchange, error))))
			.httpHandlerDecorator(new RequestIds()::apply)
			.build()
			.handle(MockServerHttpRequest.method(method, URI.create("/ada")).build(), response)
			.onErrorComplete()
			.subscribe();
		handled.tryEmitEmpty().orThrow();
		if (end.cancelled) {
			request.dispose();
		}
		assertThat(request.isDisposed()).isEqualTo(end != End.NONE);
	}

	private static String text(Meter.Id id) {
		return id.getName() + id.getTags();
	}

	private interface Measurement {

		WebHttpHandlerBuilder apply(WebHttpHandlerBuilder server, MeterRegistry registry);

	}

	/** What happens to a request. */
	enum End {

		BODY(End::body), NO_CONTENT(End::noContent), ROUTE(End.routed("/{user}", End::body)),
		ROOT(End.routed("", End::body)), NOT_MODIFIED(End.status(HttpStatus.NOT_MODIFIED)),
		NOT_FOUND(End.status(HttpStatus.NOT_FOUND)), SERVER_ERROR(End.status(HttpStatus.BAD_GATEWAY)),
		PROBLEM(End.routed("/{user}",
				End.failing(new ProblemException(ProblemCode.SOLD_OUT, "event capacity reached")))),
		SPRING_ERROR(End.failing(new ResponseStatusException(HttpStatus.NOT_FOUND))),
		FAULT(End.failing(new IllegalStateException("a mistake"))),
		FAULT_IN_BODY((exchange) -> End.body(exchange).then(Mono.error(new IllegalStateException("a mistake")))),
		DISCONNECTED((exchange) -> End.body(exchange).then(Mono.error(new IOException("Broken pipe")))),
		CANCELLED((exchange) -> Mono.never(), true),
		CANCELLED_IN_BODY((exchange) -> End.body(exchange).then(Mono.never()), true), NONE((exchange) -> Mono.never());

		private final WebHandler handler;

		private final boolean cancelled;

		End(WebHandler handler) {
			this(handler, false);
		}

		End(WebHandler handler, boolean cancelled) {
			this.handler = handler;
			this.cancelled = cancelled;
		}

		private static Mono<Void> body(ServerWebExchange exchange) {
			return exchange.getResponse()
				.writeWith(Mono.fromSupplier(() -> exchange.getResponse().bufferFactory().wrap(new byte[1])));
		}

		private static Mono<Void> noContent(ServerWebExchange exchange) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return Mono.empty();
		}

		private static WebHandler status(HttpStatus status) {
			return (exchange) -> {
				exchange.getResponse().setStatusCode(status);
				return exchange.getResponse().setComplete();
			};
		}

		private static WebHandler failing(Throwable error) {
			return (exchange) -> Mono.error(error);
		}

		private static WebHandler routed(String pattern, WebHandler handler) {
			return (exchange) -> {
				exchange.getAttributes().put(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE, pattern);
				ServerRequestObservationContext.findCurrent(exchange.getAttributes())
					.ifPresent((context) -> context.setPathPattern(pattern));
				return handler.handle(exchange);
			};
		}

	}

}
