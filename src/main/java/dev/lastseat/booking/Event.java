package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A stored event, as it was at one moment. It carries the counters, never the list of who
 * registered.
 *
 * @param capacity seats in all
 * @param ticketsSold seats taken, 0 to {@code capacity}
 * @param revision grows with every write to the event; orders what readers see
 * @param createdAt when it was stored
 */
public record Event(EventId id, String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity, int ticketsSold, long revision, Instant createdAt) {

	/**
	 * Seats that can still be booked: none as well where more are sold than there are,
	 * which only a hand in the storage can do.
	 */
	public int remaining() {
		return Math.max(this.capacity - this.ticketsSold, 0);
	}

	public boolean soldOut() {
		return remaining() == 0;
	}

}
