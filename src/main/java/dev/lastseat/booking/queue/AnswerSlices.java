package dev.lastseat.booking.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.Scheduler;

/**
 * Gives the answers of a large round in slices, in order, between which the scheduler has
 * time for other events. Thread-safe.
 */
final class AnswerSlices {

	private final Scheduler scheduler;

	private final int size;

	private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

	/**
	 * Below zero for a moment when a slice gives answers that are not counted yet. The
	 * addition that finds zero schedules the next slice.
	 */
	private final AtomicInteger unanswered = new AtomicInteger();

	/**
	 * @param size answers that are given in a row
	 */
	AnswerSlices(Scheduler scheduler, int size) {
		this.scheduler = scheduler;
		this.size = size;
	}

	void add(Runnable answer) {
		this.answers.add(answer);
		if (this.unanswered.getAndIncrement() == 0) {
			schedule();
		}
	}

	private void schedule() {
		try {
			this.scheduler.schedule(this::give);
		}
		catch (Throwable fault) {
			// The scheduler is closed: the process ends.
			give();
		}
	}

	private void give() {
		int given = 0;
		for (Runnable next = this.answers.poll(); next != null; next = this.answers.poll()) {
			Callbacks.call(next);
			given++;
			if (given == this.size) {
				break;
			}
		}
		if (this.unanswered.addAndGet(-given) > 0) {
			schedule();
		}
	}

}
