package dev.lastseat.mongo;

/**
 * Limits the size of an event document by its holds.
 *
 * @param holds maximum number of holds of an event, 1 to {@value #MAX_HOLDS}
 */
public record HoldLimit(int holds) {

	/**
	 * A hold takes about 300 bytes with a user id of 255 characters, so these take half
	 * of the 16 MB of a document. Each character that the field name encodes takes two
	 * bytes more.
	 */
	public static final int MAX_HOLDS = 25_000;

	/** The value without a setting. */
	public static final HoldLimit DEFAULT = new HoldLimit(10_000);

	/**
	 * @throws IllegalArgumentException for a value that is out of bounds
	 */
	public HoldLimit {
		if (holds < 1 || holds > MAX_HOLDS) {
			throw new IllegalArgumentException("lastseat.booking.max-holds must be 1 to " + MAX_HOLDS);
		}
	}

}
