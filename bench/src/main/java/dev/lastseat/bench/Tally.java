package dev.lastseat.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.lastseat.booking.StorageException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Counts and times what is asked in one run. Safe for use by many threads.
 */
final class Tally {

	/** To a thousandth, which the closest of the goals needs. */
	private static final int DIGITS = 3;

	private final Histogram latencies = new ConcurrentHistogram(DIGITS);

	private final AtomicLong asked = new AtomicLong();

	private final AtomicLong undecided = new AtomicLong();

	private final AtomicLong last = new AtomicLong();

	private final AtomicBoolean late = new AtomicBoolean();

	private final Scheduler clock;

	private final long begin;

	private final long end;

	/**
	 * Begins now.
	 * @param clock of all times here
	 * @param limit after which answers do not count any more
	 */
	Tally(Scheduler clock, Duration limit) {
		this.clock = clock;
		this.begin = time();
		this.end = this.begin + limit.toNanos();
		this.last.set(this.begin);
	}

	long begin() {
		return this.begin;
	}

	boolean over() {
		return time() - this.end >= 0;
	}

	/** Nanoseconds, of no meaning but to be compared with each other. */
	long time() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * A request whose intended start is the moment it is subscribed to.
	 */
	Mono<Void> now(Mono<?> request) {
		return Mono.defer(() -> intended(time(), request));
	}

	/**
	 * @param start the moment the request should be sent, whenever it is
	 * @return completes when there is an answer, whatever it says; an error only where
	 * something is wrong with the measurement
	 */
	Mono<Void> intended(long start, Mono<?> request) {
		this.asked.incrementAndGet();
		return request.doOnNext((decision) -> decided(start))
			.then()
			.onErrorResume(StorageException.class, (fault) -> givenUp());
	}

	/**
	 * A request that nothing was decided of. Completes at once.
	 */
	Mono<Void> givenUp() {
		this.undecided.incrementAndGet();
		return Mono.empty();
	}

	private void decided(long start) {
		long now = time();
		if (now - this.end > 0) {
			this.late.set(true);
			return;
		}
		this.latencies.recordValue(Math.max(0, now - start));
		this.last.accumulateAndGet(now, (one, other) -> (one - other > 0) ? one : other);
	}

	Run run() {
		long until = this.late.get() ? this.end : this.last.get();
		return new Run(this.latencies.copy(), this.asked.get(), this.undecided.get(), 0,
				Duration.ofNanos(Math.max(1, until - this.begin)), Cost.NONE);
	}

}
