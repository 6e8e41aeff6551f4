package dev.lastseat.booking;

/**
 * The counters of an event, as they were at one moment.
 *
 * @param capacity number of seats
 * @param ticketsSold number of registrations
 * @param held number of holds; {@code ticketsSold + held} is 0 to {@code capacity}
 * @param waiting number of users in the waiting list
 * @param revision grows with every write to the event: of two states, the one with the
 * higher revision is the later
 */
public record EventStatus(EventId event, int capacity, int ticketsSold, int held, int waiting, SaleTerms sale,
		long revision) {

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
