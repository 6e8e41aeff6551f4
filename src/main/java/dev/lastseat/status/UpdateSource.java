package dev.lastseat.status;

import reactor.core.publisher.Flux;

/**
 * The updates of one event. A shared upstream subscribes once, for all its subscribers.
 */
interface UpdateSource<T> {

	/**
	 * Completes after the last update of the event, and when the process stops.
	 */
	Flux<T> updates();

}
