package dev.lastseat.booking.queue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A scheduler with virtual time and pending tasks to count, whose operations can fail.
 */
final class FaultyScheduler implements Scheduler {

	/** An operation that can fail. */
	enum Operation {

		SCHEDULE_AT_ONCE, SCHEDULE_LATER, DISPOSE

	}

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	/** Delayed tasks that were neither cancelled nor run. */
	private final Set<Runnable> pending = new HashSet<>();

	private Runnable whileScheduling = () -> {
	};

	private @Nullable Operation failing;

	private FaultKind kind = FaultKind.EXCEPTION;

	VirtualTimeScheduler time() {
		return this.time;
	}

	void fail(Operation operation, FaultKind how) {
		this.failing = operation;
		this.kind = how;
	}

	int pendingTasks() {
		return this.pending.size();
	}

	/**
	 * @param event runs while the next delayed task is being scheduled
	 */
	void whileScheduling(Runnable event) {
		this.whileScheduling = event;
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
	public long now(TimeUnit unit) {
		return this.time.now(unit);
	}

	@Override
	public Disposable schedule(Runnable task) {
		perform(Operation.SCHEDULE_AT_ONCE);
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		perform(Operation.SCHEDULE_LATER);
		Runnable pendingTask = new Runnable() {

			@Override
			public void run() {
				FaultyScheduler.this.pending.remove(this);
				task.run();
			}

		};
		this.pending.add(pendingTask);
		Disposable scheduled = this.time.schedule(pendingTask, delay, unit);
		Runnable event = this.whileScheduling;
		this.whileScheduling = () -> {
		};
		event.run();
		return () -> {
			perform(Operation.DISPOSE);
			this.pending.remove(pendingTask);
			scheduled.dispose();
		};
	}

	@Override
	public Worker createWorker() {
		throw new UnsupportedOperationException();
	}

}
