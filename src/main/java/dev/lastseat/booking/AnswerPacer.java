package dev.lastseat.booking;

/**
 * Runs the answers of rounds and of shared reads. The answers of a large round or read
 * are sent in slices, so that requests for other events are served between two slices.
 */
@FunctionalInterface
public interface AnswerPacer {

	/**
	 * Runs the answer of a small round or read soon, possibly before this method returns.
	 * @throws RuntimeException when no task can be accepted any more, because the process
	 * shuts down
	 */
	default void execute(Runnable answer) {
		answer.run();
	}

	/**
	 * Schedules one slice and returns before it runs. The slice runs once, after the
	 * thread has done its other work, and must not block. The next call comes after the
	 * slice has run.
	 * @throws RuntimeException when no task can be accepted any more, because the process
	 * shuts down
	 */
	void schedule(Runnable slice);

}
