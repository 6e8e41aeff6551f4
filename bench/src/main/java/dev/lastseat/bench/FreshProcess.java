package dev.lastseat.bench;

import java.time.Duration;

import dev.lastseat.history.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first minute of a new process: a sold-out event refuses requests from the moment at
 * which the process is ready. Nothing else is sent before, except the requests that
 * create the event. All further answers must be refusals, so the history needs no search.
 */
final class FreshProcess {

	/** The first seconds, and as long at the end. */
	private static final Duration FIRST = Duration.ofSeconds(10);

	/** From the end of the first seconds until the process counts as warm. */
	private static final Duration BETWEEN = Duration.ofSeconds(50);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

	private static final String EVENTS = "/api/v1/events";

	private static final JsonMapper JSON = new JsonMapper();

	private final LoadGenerator generator;

	private final BenchSettings settings;

	private final Services services;

	private @Nullable MeasuredProcess process;

	private RequestTemplate refused = RequestTemplate.get(EVENTS);

	FreshProcess(LoadGenerator generator, BenchSettings settings, Services services) {
		this.generator = generator;
		this.settings = settings;
		this.services = services;
	}

	/** Starts a process and measures its first seconds. */
	Mono<Run> cold() {
		return Mono.fromCallable(this.services::fresh)
			.subscribeOn(Schedulers.boundedElastic())
			.doOnNext((started) -> this.process = started)
			.flatMap((started) -> this.generator
				.connected(port(started), 1,
						(connections) -> ready(connections.get(0)).then(soldOutEvent(connections.get(0))))
				.then(Mono.defer(() -> refusals(started, FIRST))));
	}

	/** Measures the same process when it is warm, and ends it. */
	Mono<Run> warm() {
		return Mono.defer(() -> {
			MeasuredProcess started = this.process;
			if (started == null) {
				return Mono.error(new IllegalStateException("the process was not started"));
			}
			return refusals(started, BETWEEN).then(refusals(started, FIRST))
				.publishOn(Schedulers.boundedElastic())
				.doFinally((signal) -> started.close());
		});
	}

	private static int port(MeasuredProcess process) {
		return process.address().port();
	}

	private static Mono<Void> ready(Connection connection) {
		return connection.send("GET", "/actuator/health/readiness")
			.map(Reply::status)
			.repeatWhen((again) -> again.delayElements(POLL_INTERVAL))
			.takeUntil((status) -> status == 200)
			.then();
	}

	private Mono<Void> soldOutEvent(Connection connection) {
		return connection.post(EVENTS, "{\"title\":\"A sale\",\"startsAt\":\"2030-01-01T00:00:00Z\",\"capacity\":1}")
			.map((created) -> EVENTS + "/" + JSON.readTree(created.body()).path("id").asString() + "/registrations")
			.doOnNext((path) -> this.refused = RequestTemplate.booking(path))
			.flatMap((path) -> connection.post(path, RequestTemplate.body("the-last")))
			.doOnNext((reply) -> require(AnswerReader.outcome(reply).name().equals(Answer.BOOKED.name()),
					"the last seat"))
			.then();
	}

	private Mono<Run> refusals(MeasuredProcess started, Duration length) {
		return this.generator
			.connected(
					port(started), RouteLoads.CLIENTS, (
							connections) -> Service.metered(started.cost(),
									new ExchangeLoop(this.generator.clock(), connections,
											this.settings.windowRequests(), this.settings.window(length))
										.run(new Refusals(this.refused))));
	}

	private static void require(boolean expected, String what) {
		if (!expected) {
			throw new IllegalStateException("a wrong answer: " + what);
		}
	}

	/** Requests of new users that must be refused. */
	private static final class Refusals implements Exchange {

		private final AnswerReader answers = new AnswerReader();

		private final RequestTemplate request;

		Refusals(RequestTemplate request) {
			this.request = request;
		}

		@Override
		public ByteBuf request(int number, ByteBufAllocator allocator) {
			return this.request.of(allocator, number);
		}

		@Override
		public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
			Answer answer = this.answers.booking(status, body);
			require(answer == Answer.SOLD_OUT || answer == Answer.NOTHING_CHANGED, answer + " of a sold-out event");
			return answer == Answer.SOLD_OUT;
		}

	}

}
