package dev.lastseat.status;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;

/**
 * An update that the subscribers of an event get.
 */
public sealed interface StatusUpdate {

	EventId event();

	/**
	 * Orders the updates of an event: of two updates, the later one has the higher
	 * revision, unless the storage has rolled back.
	 */
	long revision();

	/**
	 * The current status of the event.
	 */
	record Current(EventStatus status) implements StatusUpdate {

		@Override
		public EventId event() {
			return this.status.event();
		}

		@Override
		public long revision() {
			return this.status.revision();
		}

	}

	/**
	 * The event does not exist or was deleted. Always the last update of an event.
	 */
	record Closed(EventId event) implements StatusUpdate {

		/**
		 * Higher than any stored revision.
		 */
		@Override
		public long revision() {
			return Long.MAX_VALUE;
		}

	}

}
