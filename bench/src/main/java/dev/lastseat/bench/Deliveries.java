package dev.lastseat.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntPredicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * Changes of an event, one after another, and the time from the answer to each of them to
 * its arrival at each subscriber. All calls are on the thread of the load.
 */
final class Deliveries implements Exchange {

	/** The time limit for the last change to arrive at all subscribers. */
	private static final Duration SETTLING = Duration.ofSeconds(20);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private static final int DIGITS = 3;

	private final Histogram latencies = new Histogram(DIGITS);

	private final Exchange changes;

	/** The time of the answer, by the number of changes up to it. */
	private long[] answered = new long[1024];

	private volatile int made;

	/**
	 * @param changes sent by one client, so that the state after each is known
	 */
	Deliveries(Exchange changes) {
		this.changes = changes;
	}

	@Override
	public ByteBuf request(int number, ByteBufAllocator allocator) {
		return this.changes.request(number, allocator);
	}

	@Override
	public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
		boolean decided = this.changes.decided(number, status, body, sent, received);
		int change = number + 1;
		if (change >= this.answered.length) {
			this.answered = Arrays.copyOf(this.answered, 2 * change);
		}
		this.answered[change] = received;
		this.made = change;
		return decided;
	}

	/**
	 * A state has arrived at a subscriber. One that arrives before the answer to its
	 * change took no time.
	 * @param change the number of changes that the state shows
	 */
	void arrived(int change) {
		this.latencies.recordValue((change <= this.made) ? System.nanoTime() - this.answered[change] : 0);
	}

	/**
	 * Makes the changes and waits for the last one to arrive. Lazy.
	 * @param loop has one client
	 * @param settled whether all subscribers have the state after so many changes
	 */
	Mono<Run> run(ExchangeLoop loop, IntPredicate settled) {
		return loop.run(this)
			.delayUntil((run) -> Mono.fromCallable(() -> settled.test(this.made))
				.repeatWhen((again) -> again.delayElements(POLL_INTERVAL))
				.takeUntil(Boolean::booleanValue)
				.then()
				.timeout(SETTLING, Mono.error(() -> new IllegalStateException("a stream misses the final state"))))
			.map((run) -> new Run(this.latencies, this.latencies.getTotalCount(), 0, 0, run.taken(), Cost.NONE, 0));
	}

}
