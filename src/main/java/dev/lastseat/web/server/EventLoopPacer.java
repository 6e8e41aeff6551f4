package dev.lastseat.web.server;

import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacer;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.scheduler.Scheduler;

/**
 * Starts the next slice of answers when every event loop of the server has finished its
 * earlier tasks: by then it has written the previous slice and has read the requests that
 * arrived meanwhile.
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
	 * @throws java.util.concurrent.RejectedExecutionException when an event loop has been
	 * shut down
	 */
	@Override
	public void schedule(Runnable slice) {
		AtomicInteger pending = new AtomicInteger(1);
		this.loops.forEach((loop) -> {
			pending.incrementAndGet();
			loop.execute(() -> countDown(pending, slice));
		});
		countDown(pending, slice);
	}

	private void countDown(AtomicInteger pending, Runnable slice) {
		if (pending.decrementAndGet() == 0) {
			this.scheduler.schedule(slice);
		}
	}

}
