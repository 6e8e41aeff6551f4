package dev.lastseat.booking;

import reactor.core.scheduler.Scheduler;

/**
 * Decides when the next slice of the answers of large rounds is given, so that requests
 * of other events are served in between.
 */
@FunctionalInterface
public interface AnswerPacer {

	/**
	 * Runs a slice once, on any thread that does not block, and returns before that. It
	 * is called again when the slice has run.
	 * @throws RuntimeException when it cannot run anything any more
	 */
	void schedule(Runnable slice);

	/**
	 * Puts each slice at the end of the tasks of a scheduler.
	 */
	static AnswerPacer of(Scheduler scheduler) {
		return scheduler::schedule;
	}

}
