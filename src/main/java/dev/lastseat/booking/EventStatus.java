package dev.lastseat.booking;

/**
 * The counters of an event, as they were at one moment.
 *
 * @param capacity number of seats
 * @param ticketsSold number of registrations
 * @param held number of holds; {@code ticketsSold + held} is 0 to {@code capacity}
 * @param revision grows with every write to the event: of two states, the one with the
 * higher revision is the later
 */
public record EventStatus(EventId event, int capacity, int ticketsSold, int held, SaleTerms sale, long revision) {

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
