package dev.lastseat.simulation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Virtual time. It advances only by {@link #pass}, on the calling thread.
 */
final class VirtualTime {

	/** Longer than any simulation lasts. */
	private static final Duration LONG = Duration.ofHours(1);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private @Nullable Throwable fault;

	/** For the timeouts of the service. */
	Scheduler scheduler() {
		return this.scheduler;
	}

	long nanos() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	long micros() {
		return this.scheduler.now(TimeUnit.MICROSECONDS);
	}

	/**
	 * Runs a task after a delay in microseconds. It cannot be cancelled.
	 */
	void in(long micros, Runnable task) {
		this.scheduler.schedule(() -> {
			try {
				task.run();
			}
			catch (RuntimeException | AssertionError ex) {
				this.fault = (this.fault != null) ? this.fault : ex;
			}
		}, micros, TimeUnit.MICROSECONDS);
	}

	/**
	 * @return completes after a delay in microseconds from its subscription
	 */
	Mono<Void> delay(long micros) {
		return Mono.delay(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)), this.scheduler).then();
	}

	/**
	 * Runs all tasks: advances time by more than any simulation lasts.
	 */
	void pass() {
		this.scheduler.advanceTimeBy(LONG);
		if (this.fault != null) {
			throw new IllegalStateException("a task of the simulation failed", this.fault);
		}
	}

}
