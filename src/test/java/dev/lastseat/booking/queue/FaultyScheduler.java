package dev.lastseat.booking.queue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A scheduler in virtual time that fails while the test says so, and counts its tasks.
 */
final class FaultyScheduler implements Scheduler {

	/** What fails. */
	enum Operation {

		SCHEDULE_AT_ONCE, SCHEDULE_LATER, DISPOSE

	}

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	/** Scheduled for later, and neither cancelled nor run. */
	private final Set<Runnable> pending = new HashSet<>();

	private Runnable meanwhile = () -> {
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
	 * @param event happens while the next task is scheduled for later
	 */
	void whileScheduling(Runnable event) {
		this.meanwhile = event;
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
		Runnable pendingTask = new Runnable() {

			@Override
			public void run() {
				FaultyScheduler.this.pending.remove(this);
				task.run();
			}

		};
		this.pending.add(pendingTask);
		Disposable scheduled = this.time.schedule(pendingTask, delay, unit);
		Runnable event = this.meanwhile;
		this.meanwhile = () -> {
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
