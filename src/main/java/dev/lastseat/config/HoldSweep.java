package dev.lastseat.config;

import java.time.Duration;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * Removes expired holds periodically, so that displayed numbers are right. One sweep runs
 * at a time. After a failure the next sweep continues. Any number of processes may sweep
 * the same database. Spring stops it before it closes the database client.
 */
final class HoldSweep implements SmartLifecycle {

	private final BookingService bookings;

	private final Duration interval;

	private final FailureLog failures;

	private final Scheduler scheduler;

	private final Disposable.Swap sweeps = Disposables.swap();

	private volatile boolean running;

	/**
	 * @param interval between the starts of two sweeps
	 * @param scheduler measures the interval
	 */
	HoldSweep(BookingService bookings, Duration interval, FailureLog failures, Scheduler scheduler) {
		this.bookings = bookings;
		this.interval = interval;
		this.failures = failures;
		this.scheduler = scheduler;
	}

	private Mono<Integer> sweep() {
		return Mono.defer(this.bookings::removeExpiredHolds).onErrorResume((fault) -> {
			this.failures.report(StorageMonitor.Task.EXPIRY, fault);
			return Mono.empty();
		});
	}

	@Override
	public void start() {
		this.running = true;
		this.sweeps.update(Flux.interval(this.interval, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep(), 1)
			.subscribe());
	}

	@Override
	public void stop() {
		this.sweeps.update(Disposables.disposed());
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
