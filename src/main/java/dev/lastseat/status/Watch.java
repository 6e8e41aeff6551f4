package dev.lastseat.status;

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

	private volatile long seen = NOTHING;

	/**
	 * @param signals takes this watch each time it has to look; for any number of threads
	 */
	Watch(EventId event, FluxSink<Watch> signals) {
		this.event = event;
		this.signals = signals;
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

	boolean hasSeenNothing() {
		return this.seen == NOTHING;
	}

	/**
	 * Takes note of an update. Called by the stream alone, one update after the other.
	 * @return whether it is later than all that was seen
	 */
	boolean sees(StatusUpdate update) {
		boolean later = update.revision() > this.seen;
		if (later) {
			this.seen = update.revision();
		}
		return later;
	}

}
