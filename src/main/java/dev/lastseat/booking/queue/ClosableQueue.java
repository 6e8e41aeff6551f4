package dev.lastseat.booking.queue;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producers and one consumer that closes itself when it is not
 * used any more. It counts items until they are done with, which is later than they are
 * taken: that number is what is bounded, and the queue closes when it is zero and the
 * consumer has stopped. Thread-safe; no method blocks for longer than a few operations on
 * a map take.
 *
 * @param <T> items, compared by identity or as values that differ
 */
final class ClosableQueue<T> {

	/** What became of an item that was offered. */
	enum Offer {

		/** The item waits, and the consumer has to be started. */
		STARTS_CONSUMER,

		/** The item waits for the consumer, which is running. */
		WAITS,

		/** The item was not taken: there are too many. */
		FULL,

		/** The item was not taken: the queue is closed for ever. */
		CLOSED

	}

	private final int limit;

	private final Set<T> waiting = new LinkedHashSet<>();

	private int items;

	private boolean consuming;

	private boolean closed;

	/**
	 * @param limit items that wait or were taken and are not done with, 1 or more
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
	 * Takes the item that waits longest. For the consumer.
	 * @return null when nothing waits
	 */
	synchronized @Nullable T poll() {
		Iterator<T> items = this.waiting.iterator();
		if (!items.hasNext()) {
			return null;
		}
		T oldest = items.next();
		items.remove();
		return oldest;
	}

	/**
	 * Stops the consumer unless something waits. The next item starts it again.
	 * @return whether the consumer has stopped
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
	 * An item that was accepted is done with, whether it still waits or was taken. To be
	 * called once for each.
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
