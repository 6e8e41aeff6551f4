package dev.lastseat.booking;

/**
 * Expired holds of an event were removed, or free seats were offered to waiting users.
 *
 * @param holds the number of expired holds
 * @param offers the number of offers
 */
public record Expiry(EventId event, int holds, int offers) {

	/** With further expired holds and offers. */
	public Expiry plus(int holds, int offers) {
		return new Expiry(this.event, this.holds + holds, this.offers + offers);
	}

}
