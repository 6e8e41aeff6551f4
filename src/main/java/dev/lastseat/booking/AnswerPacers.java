package dev.lastseat.booking;

import reactor.core.scheduler.Scheduler;

/**
 * Selects the pacer of a request: a request that an event loop has read is answered on
 * that event loop.
 */
@FunctionalInterface
public interface AnswerPacers {

	/**
	 * @return the pacer for a request that the current thread submits; one of a few
	 * instances
	 */
	AnswerPacer ofCurrentThread();

	/**
	 * Uses one scheduler for the slices of all requests.
	 */
	static AnswerPacers of(Scheduler scheduler) {
		AnswerPacer pacer = scheduler::schedule;
		return () -> pacer;
	}

}
