package dev.lastseat.booking.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacer;

/**
 * Sends the answers of rounds and of shared reads. Those of large ones are sent in
 * slices, in order, so that requests for other events are served between two slices.
 * Thread-safe.
 */
final class AnswerSlices {

	/**
	 * Answers in a slice. Measured with {@code bench/run --only=storm}: with 16, other
	 * events are slower; with 4, the storm itself is slower.
	 */
	static final int SIZE = 8;

	private final AnswerPacer pacer;

	private final int size;

	private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

	/**
	 * Number of answers in the queue. Briefly negative when a slice sends an answer that
	 * {@link #add} has queued and not counted yet. The {@link #add} that counts from zero
	 * schedules the next slice.
	 */
	private final AtomicInteger unsent = new AtomicInteger();

	/**
	 * @param size maximum number of answers in a slice
	 */
	AnswerSlices(AnswerPacer pacer, int size) {
		this.pacer = pacer;
		this.size = size;
	}

	/**
	 * Sends an answer: in a slice if its round or read is larger than a slice, otherwise
	 * without waiting for the answers in the slices.
	 * @param together number of answers of the round or read
	 */
	void send(Runnable answer, int together) {
		if (together > this.size) {
			add(answer);
		}
		else {
			sendAlone(answer);
		}
	}

	private void sendAlone(Runnable answer) {
		try {
			this.pacer.execute(() -> Callbacks.call(answer));
		}
		catch (Throwable fault) {
			// The process shuts down and accepts no more tasks: send the answer at once.
			Callbacks.call(answer);
		}
	}

	/** Adds an answer of a large round or read. */
	void add(Runnable answer) {
		this.answers.add(answer);
		if (this.unsent.getAndIncrement() == 0) {
			schedule();
		}
	}

	private void schedule() {
		try {
			this.pacer.schedule(this::sendSlice);
		}
		catch (Throwable fault) {
			// The process shuts down and accepts no more tasks: send the answers at once.
			sendSlice();
		}
	}

	private void sendSlice() {
		int sent = 0;
		for (Runnable next = this.answers.poll(); next != null; next = this.answers.poll()) {
			Callbacks.call(next);
			sent++;
			if (sent == this.size) {
				break;
			}
		}
		if (this.unsent.addAndGet(-sent) > 0) {
			schedule();
		}
	}

}
