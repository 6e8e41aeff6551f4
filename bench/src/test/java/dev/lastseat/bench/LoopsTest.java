package dev.lastseat.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.lastseat.booking.StorageException;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The closed and the open loop, against a server that does almost nothing. Tests of times
 * use virtual time instead of a server.
 */
class LoopsTest {

	private static final Duration LONG = Duration.ofMinutes(3);

	private static final String PATH = "/";

	private static final Reply CREATED = new Reply(201, "");

	private final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private Run closedLoop(TinyServer server, int clients, int requests) {
		try (LoadGenerator generator = new LoadGenerator()) {
			return generator.connected(server.port(), clients,
					(connections) -> new ClosedLoop(generator.clock(), clients, requests, LONG)
						.run((client, number) -> {
							this.numbers.add(number);
							return connections.get(client).post(PATH, "{}").map(LoopsTest::decision);
						}))
				.block(LONG);
		}
	}

	private static Reply decision(Reply reply) {
		if (reply.status() == 503) {
			throw new StorageException.Busy();
		}
		return reply;
	}

	/** Runs a load to its end in virtual time. */
	private Run inVirtualTime(Mono<Run> run) {
		Sinks.One<Run> result = Sinks.one();
		run.subscribe(result::tryEmitValue, result::tryEmitError);
		this.time.advanceTimeBy(Duration.ofHours(1));
		return result.asMono().block(Duration.ZERO);
	}

	private Mono<Run> openLoop(int connections, Duration length, Request request) {
		List<Connection> open = IntStream.range(0, connections)
			.mapToObj((number) -> new Connection(new EmbeddedChannel()))
			.toList();
		return new OpenLoop(this.time, 100, length).run(open, request);
	}

	/** Answers the first request late, and all others immediately. */
	private Request stalling(Duration stall) {
		return (connection, number) -> {
			this.numbers.add(number);
			return (number == 0) ? Mono.delay(stall, this.time) : Mono.just(CREATED);
		};
	}

	@Test
	void sendsEachRequestOfAClosedLoopOnce() {
		try (TinyServer server = new TinyServer(201)) {
			Run run = closedLoop(server, 4, 100);

			assertThat(run.latencies().getTotalCount()).isEqualTo(100);
			assertThat(run.asked()).isEqualTo(100);
			assertThat(server.answered).hasValue(100);
			assertThat(this.numbers).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
		}
	}

	@Test
	void hasAtMostOneRequestInFlightForEachClientOfAClosedLoop() {
		try (TinyServer server = new TinyServer(201)) {
			closedLoop(server, 4, 100);

			assertThat(server.maxInFlight.get()).isBetween(1, 4);
		}
	}

	@Test
	void endsAClosedLoopAtItsTimeLimitAndIgnoresLaterAnswers() {
		Run run = inVirtualTime(new ClosedLoop(this.time, 1, 100, Duration.ofMillis(1000)).run((client, number) -> {
			this.numbers.add(number);
			return Mono.delay(Duration.ofMillis(400), this.time);
		}));

		assertThat(this.numbers).containsExactly(0, 1, 2);
		assertThat(run.asked()).isEqualTo(3);
		assertThat(run.latencies().getTotalCount()).isEqualTo(2);
		assertThat(run.taken()).isEqualTo(Duration.ofMillis(1000));
	}

	@Test
	void countsRequestsWithoutADecisionAsUndecided() {
		try (TinyServer server = new TinyServer(503)) {
			Run run = closedLoop(server, 2, 10);

			assertThat(run.asked()).isEqualTo(10);
			assertThat(run.undecided()).isEqualTo(10);
			assertThat(run.rate()).isZero();
		}
	}

	@Test
	void failsWhenARequestFailsWithAnotherError() {
		try (TinyServer server = new TinyServer(201); LoadGenerator generator = new LoadGenerator()) {
			Mono<Run> run = generator.connected(server.port(), 1,
					(connections) -> new ClosedLoop(generator.clock(), 1, 10, LONG)
						.run((client, number) -> connections.get(client).post(PATH, "{}").map((reply) -> {
							throw new IllegalStateException("unexpected response");
						})));

			assertThatThrownBy(() -> run.block(LONG)).hasMessage("unexpected response");
		}
	}

	@Test
	void failsWhenTheServerClosesTheConnection() {
		try (TinyServer server = TinyServer.closingConnections(); LoadGenerator generator = new LoadGenerator()) {
			Mono<Run> run = generator.connected(server.port(), 1,
					(connections) -> new ClosedLoop(generator.clock(), 1, 10, LONG)
						.run((client, number) -> connections.get(client).post(PATH, "{}")));

			assertThatThrownBy(() -> run.block(LONG)).hasMessageContaining("closed a connection");
		}
	}

	@Test
	void sendsTheRequestsOfAnOpenLoopAtTheirIntendedTimes() {
		List<Long> moments = new ArrayList<>();
		Run run = inVirtualTime(openLoop(4, Duration.ofMillis(500), (connection, number) -> {
			moments.add(this.time.now(TimeUnit.MILLISECONDS));
			return Mono.just(CREATED);
		}));

		assertThat(moments)
			.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((number) -> number * 10L).toList());
		assertThat(run.latencies().getTotalCount()).isEqualTo(50);
		assertThat(run.latencies().getMaxValue()).isZero();
		assertThat(run.undecided()).isZero();
		assertThat(run.taken()).isEqualTo(Duration.ofMillis(500));
	}

	/**
	 * The only connection stalls for 400 ms, while a request is due every 10 ms. Each of
	 * the 40 requests that are due in this time waits, although it is answered as soon as
	 * it is sent.
	 */
	@Test
	void countsAStallInTheLatencyOfAllRequestsThatAreDueMeanwhile() {
		Run run = inVirtualTime(openLoop(1, Duration.ofMillis(450), stalling(Duration.ofMillis(400))));

		assertThat(run.latencies().getTotalCount()).isEqualTo(45);
		assertThat(run.latency(100)).as("the first").isBetween(400.0, 400.5);
		assertThat(run.latency(50)).as("half of the requests").isGreaterThan(150);
		assertThat(run.latencies().getCountBetweenValues(1, LONG.toNanos())).as("delayed").isEqualTo(40);
	}

	/**
	 * A request is given up half a second after it was due. During a stall of 900 ms
	 * these are the requests that were due in its first 400 ms, except the stalled one.
	 */
	@Test
	void givesUpRequestsThatFindNoConnectionInTime() {
		Run run = inVirtualTime(openLoop(1, Duration.ofSeconds(1), stalling(Duration.ofMillis(900))));

		assertThat(run.undecided()).isEqualTo(39);
		assertThat(run.asked()).isEqualTo(61);
		assertThat(this.numbers).hasSize(61).doesNotContain(1, 39).contains(0, 40, 99);
	}

}
