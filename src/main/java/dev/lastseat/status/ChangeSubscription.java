package dev.lastseat.status;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.lastseat.booking.EventId;
import reactor.core.publisher.FluxSink;

/**
 * The subscription of a shared upstream to the changes of its event. It knows the
 * revision that was read last, and signals when another read is needed.
 */
final class ChangeSubscription {

	private static final long NOTHING_READ = Long.MIN_VALUE;

	private final EventId event;

	private final FluxSink<ChangeSubscription> signals;

	private final AtomicLong rollbacks;

	/** Whether a change was signalled since the last read began. */
	private final AtomicBoolean changed = new AtomicBoolean();

	private volatile long revision = NOTHING_READ;

	private long generation;

	/**
	 * @param signals gets this subscription each time a read is needed; called by several
	 * threads at once
	 * @param rollbacks number of rolled back states that this process has found, for all
	 * events
	 */
	ChangeSubscription(EventId event, FluxSink<ChangeSubscription> signals, AtomicLong rollbacks) {
		this.event = event;
		this.signals = signals;
		this.rollbacks = rollbacks;
		this.generation = rollbacks.get();
	}

	EventId event() {
		return this.event;
	}

	/**
	 * Signals unless this revision or a later one was read.
	 */
	void signalIfNewer(long changed) {
		if (changed > this.revision) {
			signalChange();
		}
	}

	/**
	 * Signals unless exactly this revision was read last. A lower revision has two
	 * possible reasons: it was read before the last read, or the storage has rolled back.
	 */
	void signalIfDifferent(long stored) {
		if (stored != this.revision) {
			signalChange();
		}
	}

	private void signalChange() {
		this.changed.set(true);
		signal();
	}

	/**
	 * Asks for a read, even if nothing has changed.
	 */
	void signal() {
		this.signals.next(this);
	}

	/**
	 * Called before a read that is not needed unless the event has changed.
	 * @return whether a change was signalled since the last call
	 */
	boolean takeChange() {
		return this.changed.getAndSet(false);
	}

	boolean hasReadNothing() {
		return this.revision == NOTHING_READ;
	}

	/**
	 * Records the result of a read. Called by the upstream only, for one read after the
	 * other. So a revision lower than the one before means that the storage has rolled
	 * back.
	 * @return true when the revision differs from the one before
	 */
	boolean recordRead(long read) {
		long before = this.revision;
		this.revision = read;
		if (this.revision < before) {
			this.generation = this.rollbacks.incrementAndGet();
		}
		return this.revision != before;
	}

	/**
	 * Grows each time the storage has rolled back a state of this event. Called by the
	 * upstream only.
	 */
	long generation() {
		return this.generation;
	}

}
