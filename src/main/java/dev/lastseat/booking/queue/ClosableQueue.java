package dev.lastseat.booking.queue;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producers and one consumer, which closes itself when it is
 * unused. An item counts from its offer until it is {@link #done}, whether it waits or
 * was polled. The limit bounds this count. The queue closes when the count is zero and
 * the consumer has stopped. Thread-safe: a lock guards a few operations on a linked set.
 *
 * @param <T> type of the items; no two items may be equal
 */
final class ClosableQueue<T> {

	/** The result of offering an item. */
	enum Offer {

		/** The item was accepted, and the caller must start the consumer. */
		STARTS_CONSUMER,

		/** The item was accepted and waits for the running consumer. */
		WAITS,

		/** The item was rejected: the limit is reached. */
		FULL,

		/** The item was rejected: the queue is closed and stays closed. */
		CLOSED

	}

	private final int limit;

	private final Set<T> waiting = new LinkedHashSet<>();

	private int items;

	private boolean consuming;

	private boolean closed;

	/**
	 * @param limit maximum number of items that are not done, 1 or more
	 */
	ClosableQueue(int limit) {
		this.limit = limit;
	}

	synchronized Offer offer(T item) {
		if (this.closed) {
			return Offer.CLOSED;
		}
		if (this.items == this.limit) {
			return Offer.FULL;
		}
		this.items++;
		this.waiting.add(item);
		boolean starts = !this.consuming;
		this.consuming = true;
		return starts ? Offer.STARTS_CONSUMER : Offer.WAITS;
	}

	/**
	 * Takes the item that waits longest. Called by the consumer only.
	 * @return null when no item waits
	 */
	synchronized @Nullable T poll() {
		Iterator<T> byArrival = this.waiting.iterator();
		if (!byArrival.hasNext()) {
			return null;
		}
		T oldest = byArrival.next();
		byArrival.remove();
		return oldest;
	}

	/**
	 * Stops the consumer unless an item waits. The next offer starts it again. Called by
	 * the consumer only.
	 * @return true when the consumer has stopped
	 */
	synchronized boolean stop() {
		if (!this.waiting.isEmpty()) {
			return false;
		}
		this.consuming = false;
		this.closed = this.items == 0;
		return true;
	}

	/**
	 * Ends an accepted item, whether it waits or was polled. Must be called once for each
	 * accepted item.
	 */
	synchronized void done(T item) {
		this.waiting.remove(item);
		this.items--;
		this.closed = this.items == 0 && !this.consuming;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

}
