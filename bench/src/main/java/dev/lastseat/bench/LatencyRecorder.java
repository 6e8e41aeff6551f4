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

/** Counts the requests of one run and records their latencies. Thread-safe. */
final class LatencyRecorder {

	/** Significant digits of a latency: the narrowest goal needs a thousandth. */
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
	 * Starts the run now.
	 * @param clock the clock of all times of the run
	 * @param limit answers after this time do not count
	 */
	LatencyRecorder(Scheduler clock, Duration limit) {
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

	/** Nanoseconds since an arbitrary origin. */
	long time() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

	/** A request whose intended start is the moment of its subscription. */
	Mono<Void> now(Mono<?> request) {
		return Mono.defer(() -> intended(time(), request));
	}

	/**
	 * @param start the intended start, which may be earlier than the actual one
	 * @return completes on any answer; an error when the measurement itself is wrong
	 */
	Mono<Void> intended(long start, Mono<?> request) {
		this.asked.incrementAndGet();
		return request.doOnNext((decision) -> decided(start))
			.then()
			.onErrorResume(StorageException.class, (fault) -> givenUp());
	}

	/** Counts a request without a decision. Completes immediately. */
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
				Duration.ofNanos(Math.max(1, until - this.begin)), Cost.NONE, 0);
	}

}
