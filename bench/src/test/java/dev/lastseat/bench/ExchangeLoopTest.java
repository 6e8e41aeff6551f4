package dev.lastseat.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The closed loop over HTTP, against a server that does almost nothing. */
class ExchangeLoopTest {

	private static final Duration LONG = Duration.ofMinutes(3);

	private final List<Integer> numbers = new ArrayList<>();

	private Run run(TinyServer server, int clients, int requests, Duration limit) {
		try (LoadGenerator generator = new LoadGenerator()) {
			return generator
				.connected(server.port(), clients,
						(connections) -> new ExchangeLoop(generator.clock(), connections, requests, limit)
							.run(new Recording()))
				.block(LONG);
		}
	}

	@Test
	void sendsEachRequestOnce() {
		try (TinyServer server = new TinyServer(201)) {
			Run run = run(server, 4, 100, LONG);

			assertThat(run.asked()).isEqualTo(100);
			assertThat(run.latencies().getTotalCount()).isEqualTo(100);
			assertThat(run.latencies().getMinValue()).isPositive();
			assertThat(run.undecided()).isZero();
			assertThat(server.answered).hasValue(100);
			assertThat(server.maxInFlight.get()).isBetween(1, 4);
			assertThat(this.numbers).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
		}
	}

	@Test
	void countsRequestsWithoutADecisionAsUndecided() {
		try (TinyServer server = new TinyServer(503)) {
			Run run = run(server, 2, 10, LONG);

			assertThat(run.asked()).isEqualTo(10);
			assertThat(run.undecided()).isEqualTo(10);
			assertThat(run.rate()).isZero();
		}
	}

	@Test
	void ignoresAnswersAfterTheTimeLimit() {
		try (TinyServer server = new TinyServer(201)) {
			Run run = run(server, 3, 1000, Duration.ofNanos(1));

			assertThat(run.asked()).isLessThanOrEqualTo(3);
			assertThat(run.latencies().getTotalCount()).isZero();
		}
	}

	@Test
	void failsOnAWrongAnswer() {
		try (TinyServer server = new TinyServer(404)) {
			assertThatThrownBy(() -> run(server, 2, 10, LONG)).hasMessage("unexpected response: 404");
		}
	}

	@Test
	void failsWhenTheServerClosesTheConnection() {
		try (TinyServer server = TinyServer.closingConnections()) {
			assertThatThrownBy(() -> run(server, 1, 10, LONG)).hasMessageContaining("closed a connection");
		}
	}

	private final class Recording implements Exchange {

		private final RequestTemplate request = RequestTemplate.booking("/");

		@Override
		public ByteBuf request(int number, ByteBufAllocator allocator) {
			ExchangeLoopTest.this.numbers.add(number);
			return this.request.of(allocator, number);
		}

		@Override
		public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
			if (status == 404) {
				throw new IllegalStateException("unexpected response: " + status);
			}
			return status == 201;
		}

	}

}
