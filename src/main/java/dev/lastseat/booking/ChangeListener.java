package dev.lastseat.booking;

/**
 * Receives the events that this process writes.
 */
@FunctionalInterface
public interface ChangeListener {

	/**
	 * An event was written or deleted. Also called when that is uncertain: the outcome of
	 * the write is unknown, or its caller cancelled. Called for each registration that is
	 * booked or released, before the caller gets its answer, and by several threads at
	 * once: it must not block. An exception is logged and changes no outcome.
	 */
	void mayHaveChanged(EventId event);

}
