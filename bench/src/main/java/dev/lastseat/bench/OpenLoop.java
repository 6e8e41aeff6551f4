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
 * Requests that come at their times, however well the service keeps up. Each is timed
 * from the moment that it was meant to be sent, so that the time in which it could not be
 * sent, since all connections wait for a service that stalls, is not left out.
 */
final class OpenLoop {

	/**
	 * How long a request waits for a free connection, before whoever wanted it gives up:
	 * half of what they wait for an answer. Later would be sent for nothing.
	 */
	private static final Duration PATIENCE = Run.DEADLINE.dividedBy(2);

	/** In which the last requests may still be answered, and count. */
	private static final Duration AFTERMATH = Duration.ofMinutes(1);

	private final Scheduler clock;

	private final double rate;

	private final Duration length;

	/**
	 * @param clock that requests are sent by
	 * @param rate of the requests, each second
	 * @param length for which they come
	 */
	OpenLoop(Scheduler clock, double rate, Duration length) {
		this.clock = clock;
		this.rate = rate;
		this.length = length;
	}

	/** How many requests there are. */
	int requests() {
		return (int) Math.max(1, this.rate * this.length.toNanos() / TimeUnit.SECONDS.toNanos(1));
	}

	/**
	 * Lazy. As many requests are under way at most as there are connections.
	 */
	Mono<Run> run(List<Connection> connections, Request request) {
		return Mono.defer(() -> {
			Tally tally = new Tally(this.clock, this.length.plus(AFTERMATH));
			Queue<Connection> free = new ConcurrentLinkedQueue<>(connections);
			return Flux.range(0, requests())
				.delayUntil((number) -> until(intended(number, tally), tally))
				.onBackpressureBuffer()
				.flatMap((number) -> {
					long start = intended(number, tally);
					if (tally.time() - start > PATIENCE.toNanos()) {
						return tally.givenUp();
					}
					Connection connection = free.remove();
					return tally.intended(start, request.send(connection, number))
						.doOnTerminate(() -> free.add(connection));
				}, connections.size())
				.then(Mono.fromSupplier(() -> tally.run().lasting(this.length)));
		});
	}

	private long intended(int number, Tally tally) {
		return tally.begin() + (long) (number * TimeUnit.SECONDS.toNanos(1) / this.rate);
	}

	private Mono<Long> until(long moment, Tally tally) {
		long wait = moment - tally.time();
		return (wait > 0) ? Mono.delay(Duration.ofNanos(wait), this.clock) : Mono.empty();
	}

}
