package dev.lastseat.web.server;

import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacer;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.scheduler.Scheduler;

/**
 * Gives the next slice when each event loop of the server has done all that it had to do
 * before: it has written the slice before, and has read the requests that came meanwhile.
 */
public final class EventLoopPacer implements AnswerPacer {

	private final Iterable<EventExecutor> loops;

	private final Scheduler scheduler;

	/**
	 * @param scheduler runs the slices
	 */
	public EventLoopPacer(Iterable<EventExecutor> loops, Scheduler scheduler) {
		this.loops = loops;
		this.scheduler = scheduler;
	}

	/**
	 * @throws java.util.concurrent.RejectedExecutionException when an event loop is shut
	 * down
	 */
	@Override
	public void schedule(Runnable slice) {
		AtomicInteger busy = new AtomicInteger(1);
		this.loops.forEach((loop) -> {
			busy.incrementAndGet();
			loop.execute(() -> passed(busy, slice));
		});
		passed(busy, slice);
	}

	private void passed(AtomicInteger busy, Runnable slice) {
		if (busy.decrementAndGet() == 0) {
			this.scheduler.schedule(slice);
		}
	}

}
