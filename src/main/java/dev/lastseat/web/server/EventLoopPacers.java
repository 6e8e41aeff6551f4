package dev.lastseat.web.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.AnswerPacer;
import dev.lastseat.booking.AnswerPacers;
import io.netty.util.concurrent.EventExecutor;

/**
 * Answers a request on the event loop that has read it. Then one task of the event loop
 * writes the whole response; from another thread, a response takes several tasks.
 */
public final class EventLoopPacers implements AnswerPacers {

	private final List<EventLoopPacer> loops = new ArrayList<>();

	private final AnswerPacers others;

	/**
	 * @param loops the event loops of the server
	 * @param others for requests that no event loop has read
	 */
	public EventLoopPacers(Iterable<EventExecutor> loops, AnswerPacers others) {
		loops.forEach((loop) -> this.loops.add(new EventLoopPacer(loop)));
		this.others = others;
	}

	@Override
	public AnswerPacer ofCurrentThread() {
		for (EventLoopPacer pacer : this.loops) {
			if (pacer.loop().inEventLoop()) {
				return pacer;
			}
		}
		return this.others.ofCurrentThread();
	}

	private record EventLoopPacer(EventExecutor loop) implements AnswerPacer {

		@Override
		public void execute(Runnable answer) {
			this.loop.execute(answer);
		}

		/**
		 * A timer of the event loop runs after the next pass over its connections. A task
		 * would run before it, together with all other tasks.
		 */
		@Override
		public void schedule(Runnable slice) {
			this.loop.schedule(slice, 0, TimeUnit.NANOSECONDS);
		}

	}

}
