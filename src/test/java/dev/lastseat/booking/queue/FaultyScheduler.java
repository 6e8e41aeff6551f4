package dev.lastseat.booking.queue;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A scheduler in virtual time that fails while the test says so.
 */
final class FaultyScheduler implements Scheduler {

	/** What fails. */
	enum Operation {

		SCHEDULE_AT_ONCE, SCHEDULE_LATER, DISPOSE

	}

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private @Nullable Operation failing;

	private FaultKind kind = FaultKind.EXCEPTION;

	VirtualTimeScheduler time() {
		return this.time;
	}

	void fail(Operation operation, FaultKind how) {
		this.failing = operation;
		this.kind = how;
	}

	void recover() {
		this.failing = null;
	}

	private void perform(Operation operation) {
		if (this.failing == operation) {
			this.kind.raise();
		}
	}

	@Override
	public Disposable schedule(Runnable task) {
		perform(Operation.SCHEDULE_AT_ONCE);
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		perform(Operation.SCHEDULE_LATER);
		Disposable scheduled = this.time.schedule(task, delay, unit);
		return () -> {
			perform(Operation.DISPOSE);
			scheduled.dispose();
		};
	}

	@Override
	public Worker createWorker() {
		throw new UnsupportedOperationException();
	}

}
