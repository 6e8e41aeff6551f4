package dev.lastseat.stress.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import dev.lastseat.booking.StorageException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The load, on a server that does next to nothing.
 */
class LoopsTest {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final String PATH = "/";

	private final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();

	private Run closedLoop(TinyServer server, int clients, int requests, Duration limit) {
		try (Generator generator = new Generator()) {
			return generator.connected(server.port(), clients,
					(connections) -> new ClosedLoop(clients, requests, limit).run((client, number) -> {
						this.numbers.add(number);
						return connections.get(client).post(PATH, "{}").map(LoopsTest::decision);
					}))
				.block(LONG);
		}
	}

	private Run openLoop(TinyServer server, int connections, double rate, Duration length) {
		try (Generator generator = new Generator()) {
			return generator.connected(server.port(), connections,
					(open) -> new OpenLoop(generator.clock(), rate, length).run(open, (connection, number) -> {
						this.numbers.add(number);
						return connection.post(PATH, "{}");
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

	@Test
	void asksEveryRequestOfAClosedLoopOnce() {
		try (TinyServer server = new TinyServer(201, "", Duration.ZERO)) {
			Run run = closedLoop(server, 4, 100, LONG);

			assertThat(run.latencies().getTotalCount()).isEqualTo(100);
			assertThat(run.asked()).isEqualTo(100);
			assertThat(server.answered).hasValue(100);
			assertThat(this.numbers).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
		}
	}

	@Test
	void asksNoMoreAtOnceThanThereAreClients() {
		try (TinyServer server = new TinyServer(201, "", Duration.ofMillis(50))) {
			closedLoop(server, 4, 100, LONG);

			assertThat(server.mostAtOnce.get()).isBetween(1, 4);
		}
	}

	@Test
	void endsAClosedLoopWhenItsTimeIsUpAndLeavesOutWhatComesLater() {
		try (TinyServer server = new TinyServer(201, "", Duration.ofMillis(400))) {
			Run run = closedLoop(server, 1, 100, Duration.ofMillis(200));

			assertThat(server.answered).hasValue(1);
			assertThat(run.latencies().getTotalCount()).isZero();
			assertThat(run.taken()).isEqualTo(Duration.ofMillis(200));
		}
	}

	@Test
	void doesNotCountWhatIsNotDecided() {
		try (TinyServer server = new TinyServer(503, "", Duration.ZERO)) {
			Run run = closedLoop(server, 2, 10, LONG);

			assertThat(run.asked()).isEqualTo(10);
			assertThat(run.undecided()).isEqualTo(10);
			assertThat(run.rate()).isZero();
		}
	}

	@Test
	void failsWhenSomethingIsWrongWithTheMeasurement() {
		try (TinyServer server = new TinyServer(201, "", Duration.ZERO); Generator generator = new Generator()) {
			Mono<Run> run = generator.connected(server.port(), 1, (connections) -> new ClosedLoop(1, 10, LONG)
				.run((client, number) -> connections.get(client).post(PATH, "{}").map((reply) -> {
					throw new IllegalStateException("not what was asked for");
				})));

			assertThatThrownBy(() -> run.block(LONG)).hasMessage("not what was asked for");
		}
	}

	@Test
	void failsWhenTheServiceIsGone() {
		try (TinyServer server = new TinyServer(201, "", LONG); Generator generator = new Generator()) {
			Mono<Run> run = generator.connected(server.port(), 1,
					(connections) -> new ClosedLoop(1, 10, LONG).run((client, number) -> connections.get(client)
						.post(PATH, "{}")
						.doOnSubscribe((asked) -> Mono.delay(Duration.ofMillis(100))
							.subscribe((tick) -> connections.get(client).close()))));

			assertThatThrownBy(() -> run.block(LONG)).hasMessageContaining("closed a connection");
		}
	}

	@Test
	void sendsTheRequestsOfAnOpenLoopAtTheirTimes() {
		try (TinyServer server = new TinyServer(201, "", Duration.ZERO)) {
			long begin = System.nanoTime();
			Run run = openLoop(server, 4, 100, Duration.ofMillis(500));
			Duration taken = Duration.ofNanos(System.nanoTime() - begin);

			assertThat(run.latencies().getTotalCount() + run.undecided()).isEqualTo(50);
			assertThat(run.taken()).isEqualTo(Duration.ofMillis(500));
			assertThat(taken).as("the last one is due after 490 ms").isGreaterThan(Duration.ofMillis(490));
		}
	}

	/**
	 * One connection, which stalls for 400 ms while a request is due every 10 ms: almost
	 * all of the 40 requests that were meant to be sent meanwhile waited, though each was
	 * answered as soon as it was sent.
	 */
	@Test
	void showsAStallInAllRequestsThatWereDueMeanwhile() {
		try (TinyServer server = new TinyServer(201, "", Duration.ofMillis(400))) {
			Run run = openLoop(server, 1, 100, Duration.ofMillis(450));

			assertThat(run.latencies().getTotalCount()).isEqualTo(45);
			assertThat(run.latency(50)).as("half of the requests").isGreaterThan(150);
			assertThat(run.latencies().getCountBetweenValues(Duration.ofMillis(100).toNanos(), LONG.toNanos()))
				.isGreaterThanOrEqualTo(29);
		}
	}

	@Test
	void givesUpWhatFindsNoConnectionInTime() {
		try (TinyServer server = new TinyServer(201, "", Duration.ofMillis(1200))) {
			Run run = openLoop(server, 1, 10, Duration.ofSeconds(1));

			assertThat(run.undecided()).as("those that were due more than half a second before the end of the stall")
				.isBetween(6L, 9L);
			assertThat(run.asked()).isEqualTo(10 - run.undecided());
			assertThat(this.numbers).hasSize((int) run.asked());
		}
	}

}
