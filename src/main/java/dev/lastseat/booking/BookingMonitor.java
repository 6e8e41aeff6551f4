package dev.lastseat.booking;

import reactor.core.publisher.Mono;

/**
 * Watches the use cases at work. What it is given it hands back with every signal as it
 * was, and each subscription is watched as one of its own. It learns how things end,
 * never who asked for what.
 * <p>
 * By itself it does nothing.
 */
public interface BookingMonitor {

	/** Watches nothing. */
	BookingMonitor NONE = new BookingMonitor() {
	};

	/**
	 * Watches an admission, with all that it waits for on its way to the storage.
	 */
	default Mono<BookingOutcome> admission(Mono<BookingOutcome> admission) {
		return admission;
	}

	/**
	 * Somebody waits for their turn.
	 * @return to be run once, when they do not any more
	 */
	default Runnable waits() {
		return () -> {
		};
	}

	/**
	 * Somebody was turned away, and nothing was asked for them.
	 */
	default void turnsAway(OverloadedException.Reason reason) {
	}

	/**
	 * Something is asked of the storage for so many together.
	 */
	default void admits(int size) {
	}

	/**
	 * An operation of the storage has failed.
	 */
	default void storageFailed(Throwable fault) {
	}

}
