package dev.lastseat.simulation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A time that passes only when it is told to, on the thread that tells it.
 */
final class VirtualTime {

	/** Longer than anything here lasts. */
	private static final Duration LONG = Duration.ofHours(1);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private @Nullable Throwable mistake;

	/** For what is due to a time. */
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
	 * Does something in so many microseconds, come what may.
	 */
	void in(long micros, Runnable task) {
		this.scheduler.schedule(() -> {
			try {
				task.run();
			}
			catch (RuntimeException | AssertionError ex) {
				this.mistake = (this.mistake != null) ? this.mistake : ex;
			}
		}, micros, TimeUnit.MICROSECONDS);
	}

	/**
	 * @return completes so many microseconds after its subscription
	 */
	Mono<Void> delay(long micros) {
		return Mono.delay(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)), this.scheduler).then();
	}

	/**
	 * Lets time pass until everything has happened.
	 */
	void pass() {
		this.scheduler.advanceTimeBy(LONG);
		if (this.mistake != null) {
			throw new IllegalStateException("the simulation made a mistake", this.mistake);
		}
	}

}
