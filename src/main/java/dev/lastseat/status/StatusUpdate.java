package dev.lastseat.status;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;

/**
 * What those who watch an event are told.
 */
public sealed interface StatusUpdate {

	EventId event();

	/**
	 * Orders the updates of an event: of two, the later has the higher one.
	 */
	long revision();

	/**
	 * How the event stands.
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
	 * There is no such event, or not any more. Always the last update of an event.
	 */
	record Closed(EventId event) implements StatusUpdate {

		/**
		 * Higher than any that was written.
		 */
		@Override
		public long revision() {
			return Long.MAX_VALUE;
		}

	}

}
