package dev.lastseat.booking;

/**
 * How the sale of an event stands, at one moment.
 *
 * @param capacity seats in all
 * @param ticketsSold seats taken, 0 to {@code capacity}
 * @param revision grows with every write to the event: of two states, the one with the
 * higher revision is the later
 */
public record EventStatus(EventId event, int capacity, int ticketsSold, long revision) {

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
