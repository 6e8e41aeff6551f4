package dev.lastseat.booking.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacer;

/**
 * Gives the answers of large rounds in slices, in order, between which other events are
 * served. Thread-safe.
 */
final class AnswerSlices {

	/**
	 * Answers that are given in a row (measured: {@code bench --only=storm}; 16 are
	 * slower for other events, 4 make the storm slower).
	 */
	static final int SIZE = 8;

	private final AnswerPacer pacer;

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
	AnswerSlices(AnswerPacer pacer, int size) {
		this.pacer = pacer;
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
			this.pacer.schedule(this::give);
		}
		catch (Throwable fault) {
			// Nothing runs any more: the process ends.
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
