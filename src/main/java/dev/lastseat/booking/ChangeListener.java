package dev.lastseat.booking;

/**
 * Is told of what this process writes.
 */
@FunctionalInterface
public interface ChangeListener {

	/**
	 * Called when an event was written or deleted, or may have been, before the writer
	 * has its answer. Any number of threads call it at once, for each single booking: it
	 * returns at once and throws nothing.
	 */
	void mayHaveChanged(EventId event);

}
