package dev.lastseat.booking;

import reactor.core.scheduler.Scheduler;

/**
 * Schedules the slices in which the answers of large rounds are sent, so that requests
 * for other events are served between two slices.
 */
@FunctionalInterface
public interface AnswerPacer {

	/**
	 * Schedules one slice and returns before it runs. The slice runs once, on a thread
	 * that must not block. The next call comes after the slice has run.
	 * @throws RuntimeException when no task can be scheduled any more, because the
	 * process shuts down
	 */
	void schedule(Runnable slice);

	/**
	 * Submits each slice to a scheduler, which runs it after the tasks that it has
	 * already.
	 */
	static AnswerPacer of(Scheduler scheduler) {
		return scheduler::schedule;
	}

}
