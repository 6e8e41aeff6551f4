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
 * @param waiting number of users in the waiting list
 * @param revision grows with every write to the event; of two states, the one with the
 * higher revision is the later
 * @param createdAt when the event was stored
 */
public record Event(EventId id, String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity, SaleTerms sale, int ticketsSold, int held, int waiting, long revision, Instant createdAt) {

	/**
	 * Number of seats that a new user can get now, never negative. While users are
	 * waiting, free seats are for them, and the number is 0. It is 0 as well when a
	 * document that was edited by hand has more seats taken than there are.
	 */
	public int remaining() {
		return (this.waiting > 0) ? 0 : Math.max(this.capacity - this.ticketsSold - this.held, 0);
	}

	public boolean soldOut() {
		return remaining() == 0;
	}

}
