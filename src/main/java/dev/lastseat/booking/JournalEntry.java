package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One change of an event, as its journal contains it. The write that makes a change also
 * writes its entry.
 *
 * @param seq the position in the journal: 1 for the first entry, one more for each next
 * one, without gaps
 * @param at the time of the change by the clock of the process that made it, to the
 * millisecond. Of two entries, the one with the higher {@code seq} is the later, even if
 * the clocks of two processes differ
 * @param user null for a change of the event itself
 */
public record JournalEntry(long seq, Instant at, Op op, @Nullable UserId user) {

	/** The kinds of changes. */
	public enum Op {

		/** The user took a free seat. */
		BOOKED("booked"),

		/** The registration of the user was cancelled. */
		RELEASED("released"),

		/** A seat is held for the user. */
		HELD("held"),

		/** The user confirmed its hold or its offer, and is registered. */
		CONFIRMED("confirmed"),

		/** The hold or the offer of the user was expired and is removed. */
		EXPIRED("expired"),

		/** The user gave its hold back. */
		HOLD_RELEASED("hold-released"),

		/** The user joined the waiting list. */
		JOINED("joined"),

		/** The user left the waiting list. */
		LEFT("left"),

		/** A free seat was offered to the user, who is not waiting any more. */
		OFFERED("offered"),

		/** The user declined its offer. */
		DECLINED("declined"),

		/** The number of seats was changed. */
		CAPACITY_CHANGED("capacity-changed"),

		/** The event was deleted, and with it all registrations. */
		CANCELLED("cancelled");

		private final String code;

		Op(String code) {
			this.code = code;
		}

		/** The name in responses and in the storage. */
		public String code() {
			return this.code;
		}

	}

}
