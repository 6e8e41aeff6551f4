package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * An open loop: requests are sent at fixed times, independent of the answers. The latency
 * of a request counts from its intended start. So it includes the time in which the
 * request cannot be sent because a slow service occupies all connections.
 */
final class OpenLoop {

	/**
	 * The time that a request waits for a free connection before it is given up: half of
	 * the deadline of an answer. A later answer would come too late.
	 */
	private static final Duration MAX_WAIT = Run.DEADLINE.dividedBy(2);

	/** The time after the last request in which answers still count. */
	private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

	private final Scheduler clock;

	private final double rate;

	private final Duration length;

	/**
	 * @param clock the clock and thread of the requests
	 * @param rate requests per second
	 * @param length the duration of the load
	 */
	OpenLoop(Scheduler clock, double rate, Duration length) {
		this.clock = clock;
		this.rate = rate;
		this.length = length;
	}

	/** The number of requests. */
	int requests() {
		return (int) Math.max(1, this.rate * this.length.toNanos() / TimeUnit.SECONDS.toNanos(1));
	}

	/**
	 * Runs the loop, with at most one request in flight for each connection. Lazy.
	 */
	Mono<Run> run(List<Connection> connections, Request request) {
		return Mono.defer(() -> {
			LatencyRecorder latencies = new LatencyRecorder(this.clock, this.length.plus(GRACE_PERIOD));
			Queue<Connection> free = new ConcurrentLinkedQueue<>(connections);
			return Flux.range(0, requests())
				.delayUntil((number) -> until(intended(number, latencies), latencies))
				.onBackpressureBuffer()
				.flatMap((number) -> {
					long start = intended(number, latencies);
					if (latencies.time() - start > MAX_WAIT.toNanos()) {
						return latencies.givenUp();
					}
					Connection connection = free.remove();
					return latencies.intended(start, request.send(connection, number))
						.doOnTerminate(() -> free.add(connection));
				}, connections.size())
				.then(Mono.fromSupplier(() -> latencies.run().lasting(this.length)));
		});
	}

	private long intended(int number, LatencyRecorder latencies) {
		return latencies.begin() + (long) (number * TimeUnit.SECONDS.toNanos(1) / this.rate);
	}

	private Mono<Long> until(long moment, LatencyRecorder latencies) {
		long wait = moment - latencies.time();
		return (wait > 0) ? Mono.delay(Duration.ofNanos(wait), this.clock) : Mono.empty();
	}

}
