package dev.lastseat.status;

import java.util.concurrent.atomic.AtomicLong;

import dev.lastseat.booking.EventId;
import reactor.core.publisher.FluxSink;

/**
 * One stream that follows an event: what it has seen of it, and how it is told to look
 * again.
 */
final class Watch {

	private static final long NOTHING = Long.MIN_VALUE;

	private final EventId event;

	private final FluxSink<Watch> signals;

	private final AtomicLong generations;

	private volatile long seen = NOTHING;

	private long generation;

	/**
	 * @param signals takes this watch each time it has to look; for any number of threads
	 * @param generations how many states this process has seen taken back, of all events
	 */
	Watch(EventId event, FluxSink<Watch> signals, AtomicLong generations) {
		this.event = event;
		this.signals = signals;
		this.generations = generations;
		this.generation = generations.get();
	}

	EventId event() {
		return this.event;
	}

	/**
	 * Has the stream look, unless it has seen that revision.
	 */
	void signal(long revision) {
		if (revision > this.seen) {
			this.signals.next(this);
		}
	}

	/**
	 * Has the stream look, unless it has just that revision. A lower one may be a state
	 * that was read before the last look, or one that the storage has gone back to.
	 */
	void compare(long revision) {
		if (revision != this.seen) {
			this.signals.next(this);
		}
	}

	boolean hasSeenNothing() {
		return this.seen == NOTHING;
	}

	/**
	 * Takes note of an update. Called by the stream alone, one look after the other: a
	 * revision that is lower than that of the look before was taken back.
	 * @return whether it is another one than was seen last
	 */
	boolean sees(StatusUpdate update) {
		long before = this.seen;
		this.seen = update.revision();
		if (this.seen < before) {
			this.generation = this.generations.incrementAndGet();
		}
		return this.seen != before;
	}

	/**
	 * Grows when the storage has taken a state back. Called by the stream alone.
	 */
	long generation() {
		return this.generation;
	}

}
