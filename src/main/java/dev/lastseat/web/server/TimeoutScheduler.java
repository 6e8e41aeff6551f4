package dev.lastseat.web.server;

import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Schedules timeouts, nearly all of which are cancelled. The wheel timer of Netty starts
 * and cancels a timeout without a lock and without a sorted queue. A timeout is up to
 * {@value #TICK_MILLIS} ms late.
 */
public final class TimeoutScheduler implements Scheduler {

	private static final int TICK_MILLIS = 10;

	private final HashedWheelTimer wheel = new HashedWheelTimer(new DefaultThreadFactory("timeouts", true), TICK_MILLIS,
			TimeUnit.MILLISECONDS);

	private final Scheduler tasks;

	/**
	 * @param tasks runs what is due
	 */
	public TimeoutScheduler(Scheduler tasks) {
		this.tasks = tasks;
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.tasks.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Timeout timeout = this.wheel.newTimeout((due) -> this.tasks.schedule(task), delay, unit);
		return timeout::cancel;
	}

	@Override
	public Worker createWorker() {
		return this.tasks.createWorker();
	}

	/** Stops the timer. Later timeouts are rejected. */
	@Override
	public void dispose() {
		this.wheel.stop();
	}

}
