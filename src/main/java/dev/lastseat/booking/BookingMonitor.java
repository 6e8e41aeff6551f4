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
	 * Watches an operation of the storage for faults.
	 */
	default <T> Mono<T> storage(Mono<T> operation) {
		return operation;
	}

}
