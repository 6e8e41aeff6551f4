package dev.lastseat.mongo.segments;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Work on segments that no request waits for. It can be stopped, so that the client of
 * the database is closed after the last command: the driver logs errors for the commands
 * of a closed client.
 */
final class BackgroundWork implements Disposable {

	private final FailureLog failures;

	private final AtomicBoolean stopped = new AtomicBoolean();

	/** The number of works that run, plus one until the stop. No work begins at zero. */
	private final AtomicInteger running = new AtomicInteger(1);

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	/**
	 * @param failures receives the failures of the work
	 */
	BackgroundWork(FailureLog failures) {
		this.failures = failures;
	}

	/**
	 * Begins the work, unless this is stopped.
	 * @return whether the work was begun
	 */
	boolean begin(Mono<Void> work) {
		if (this.stopped.get() || this.running.getAndUpdate((count) -> (count == 0) ? 0 : count + 1) == 0) {
			return false;
		}
		work.doFinally((signal) -> end()).subscribe((nothing) -> {
		}, (fault) -> this.failures.report(StorageMonitor.Task.MAINTENANCE, fault));
		return true;
	}

	private void end() {
		if (this.running.decrementAndGet() == 0) {
			this.ended.complete(null);
		}
	}

	/**
	 * Begins no work from now on.
	 * @return completes when the last work has ended
	 */
	CompletableFuture<Void> stop() {
		dispose();
		return this.ended;
	}

	@Override
	public void dispose() {
		if (this.stopped.compareAndSet(false, true)) {
			end();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.stopped.get();
	}

}
