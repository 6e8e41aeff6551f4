package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A stored event, as it was at one moment. It contains counters, never the registered
 * users.
 *
 * @param capacity number of seats
 * @param ticketsSold number of registrations
 * @param held number of holds; {@code ticketsSold + held} is 0 to {@code capacity}
 * @param revision grows with every write to the event; of two states, the one with the
 * higher revision is the later
 * @param createdAt when the event was stored
 */
public record Event(EventId id, String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity, SaleTerms sale, int ticketsSold, int held, long revision, Instant createdAt) {

	/**
	 * Number of free seats, never negative. A document that was edited by hand can have
	 * more seats taken than there are; then the number is 0.
	 */
	public int remaining() {
		return Math.max(this.capacity - this.ticketsSold - this.held, 0);
	}

	public boolean soldOut() {
		return remaining() == 0;
	}

}
