package dev.lastseat.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.LoggedRequests;
import dev.lastseat.web.problem.ProblemResponder;
import dev.lastseat.web.problem.ProblemWriter;
import dev.lastseat.web.stream.StatusFrame;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.http.codec.autoconfigure.HttpCodecsProperties;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.HttpHandlerConnector;
import org.springframework.util.unit.DataSize;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;

/**
 * The routes with their problems and their JSON, bound to a client without a server or a
 * Spring context. Every response is checked against the API description.
 */
public final class WebSlice {

	/** Longer than any test takes, on any machine. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);

	/** More streams than any test opens. */
	private static final int MAX_STREAMS = 100;

	/** The maximum size of a body, in bytes. */
	private static final int MAX_BODY = 64 * 1024;

	static final Clock NOON = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

	private static final WebConfiguration CONFIGURATION = new WebConfiguration();

	private static final Scheduler TIMEOUTS = CONFIGURATION.timeouts();

	private static final JsonMapper JSON = strictMapper();

	private static final ProblemWriter WRITER = CONFIGURATION.problemWriter(JSON,
			new AccessLog(LoggedRequests.PROBLEMS));

	/** The description that every response is checked against. */
	public static final DescribedApi DESCRIPTION = DescribedApi.read(JSON);

	private WebSlice() {
	}

	private static JsonMapper strictMapper() {
		JsonMapper.Builder builder = JsonMapper.builder();
		CONFIGURATION.strictJson().customize(builder);
		return builder.build();
	}

	private static PathRoutes routes(StubEvents events, UserGuard guard, Duration requestTimeout) {
		HttpCodecsProperties codecs = new HttpCodecsProperties();
		codecs.setMaxInMemorySize(DataSize.ofBytes(MAX_BODY));
		BookingService service = new BookingService(events, NOON, BookingMonitor.NONE, events.notifier,
				QueueSettings.DEFAULTS);
		WebSettings settings = new WebSettings(requestTimeout, REQUEST_TIMEOUT, REQUEST_TIMEOUT, REQUEST_TIMEOUT,
				MAX_STREAMS, Duration.ZERO, LoggedRequests.PROBLEMS, new CorsSettings(List.of()));
		LiveStatus<StatusFrame> live = CONFIGURATION.liveStatus(events.notifier, JSON);
		return CONFIGURATION.routes(service, live,
				CONFIGURATION.statusStreams(live, events.notifier, service, JSON, settings), guard, JSON, WRITER,
				settings, codecs, TIMEOUTS, NOON);
	}

	static PathRoutes routes() {
		return routes(new StubEvents(), UserGuard.NONE, REQUEST_TIMEOUT);
	}

	public static WebTestClient client(StubEvents events) {
		return client(events, UserGuard.NONE, REQUEST_TIMEOUT);
	}

	public static WebTestClient client(StubEvents events, UserGuard guard) {
		return client(events, guard, REQUEST_TIMEOUT);
	}

	public static WebTestClient client(StubEvents events, Duration requestTimeout) {
		return client(events, UserGuard.NONE, requestTimeout);
	}

	private static WebTestClient client(StubEvents events, UserGuard guard, Duration requestTimeout) {
		return checked(WebTestClient.bindToServer(new HttpHandlerConnector(handler(events, guard, requestTimeout))));
	}

	/**
	 * A client of a server with the routes, for streams: they are written to connections
	 * of a server.
	 */
	static WebTestClient client(DisposableServer server) {
		return checked(WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + server.port()));
	}

	static DisposableServer serve(StubEvents events, Duration requestTimeout) {
		return serve(events, UserGuard.NONE, requestTimeout);
	}

	static DisposableServer serve(StubEvents events, UserGuard guard) {
		return serve(events, guard, REQUEST_TIMEOUT);
	}

	private static DisposableServer serve(StubEvents events, UserGuard guard, Duration requestTimeout) {
		return HttpServer.create()
			.host("127.0.0.1")
			.handle(new ReactorHttpHandlerAdapter(handler(events, guard, requestTimeout)))
			.bindNow();
	}

	static DisposableServer serve(StubEvents events) {
		return serve(events, REQUEST_TIMEOUT);
	}

	private static WebTestClient checked(WebTestClient.Builder client) {
		return client.responseTimeout(TestRun.TIMEOUT)
			.filter((request, next) -> next.exchange(request).flatMap((answer) -> DESCRIPTION.check(request, answer)))
			.build();
	}

	private static HttpHandler handler(StubEvents events, UserGuard guard, Duration requestTimeout) {
		// Empty, so that no exception handler of Spring runs before ours, as in the
		// application.
		HandlerStrategies strategies = HandlerStrategies.empty().codecs((codecs) -> {
			codecs.registerDefaults(true);
			codecs.defaultCodecs().maxInMemorySize(MAX_BODY);
			codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(JSON));
			codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(JSON));
		}).exceptionHandler(new ProblemResponder(WRITER, List::of, Paths.REGISTRATIONS)).build();
		return CONFIGURATION.requestIds()
			.apply(RouterFunctions.toHttpHandler(routes(events, guard, requestTimeout), strategies));
	}

	/**
	 * Expects exactly this JSON.
	 */
	static void expectJson(WebTestClient.ResponseSpec response, int status, String body) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.json(body, JsonCompareMode.STRICT);
	}

	static void expectProblem(WebTestClient.ResponseSpec response, int status, String code, String detail) {
		expectProblem(response, status, code).jsonPath("$.detail").isEqualTo(detail);
	}

	/**
	 * Expects a problem with the code, in the form of the contract.
	 */
	public static WebTestClient.BodyContentSpec expectProblem(WebTestClient.ResponseSpec response, int status,
			String code) {
		return response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + code)
			.jsonPath("$.title")
			.isNotEmpty()
			.jsonPath("$.status")
			.isEqualTo(status)
			.jsonPath("$.code")
			.isEqualTo(code)
			.jsonPath("$.retryable")
			.isEqualTo(status == 503 || code.equals("sales-not-open"))
			.jsonPath("$.requestId")
			.isEqualTo(response.returnResult(Void.class).getResponseHeaders().getFirst("X-Request-Id"));
	}

}
