package dev.lastseat.status;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.StorageException;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * The times of live status.
 *
 * @param interval minimum time between two updates of an event
 * @param gracePeriod how long a shared upstream without subscribers stays open
 * @param scheduler measures these times, and runs the encoding and delivery of updates
 */
record StreamTiming(Duration interval, Duration gracePeriod, Scheduler scheduler) {

	/** Retries without end, after 100 ms at first and every 5 s at most. */
	static final RetryBackoffSpec RETRY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
		.maxBackoff(Duration.ofSeconds(5));

	/** Retries a read until the storage answers. Other faults are passed on. */
	static final Retry STORAGE_RETRY = RETRY.filter(StorageException.class::isInstance);

	/** Ten updates a second: a viewer cannot read more. */
	private static final Duration INTERVAL = Duration.ofMillis(100);

	/**
	 * Longer than the 2 s after which a browser reconnects, and than the time between
	 * {@link LiveStatus#current} and {@link LiveStatus#updates} of one request.
	 */
	private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

	static StreamTiming standard() {
		return new StreamTiming(INTERVAL, GRACE_PERIOD, Schedulers.parallel());
	}

	Conflation conflation() {
		return new Conflation(this.interval, this.scheduler);
	}

	Disposable afterGracePeriod(Runnable action) {
		return this.scheduler.schedule(action, this.gracePeriod.toNanos(), TimeUnit.NANOSECONDS);
	}

}
