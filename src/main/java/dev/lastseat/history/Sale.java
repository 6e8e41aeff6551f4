package dev.lastseat.history;

/**
 * When and how the seats of the event of a history are sold. Times are in nanoseconds, on
 * the clock of the history.
 * <p>
 * The process that decides an operation has a clock of its own. It reads it between the
 * invocation of the operation and its effect. So what a clock decides is checked with a
 * tolerance.
 *
 * @param opensAt from then on seats can be booked and held; {@link #ALWAYS} when the sale
 * has no beginning
 * @param closesAt from then on no seats can be booked or held; {@link Operation#NEVER}
 * when the sale has no end
 * @param holdLength how long a hold lasts
 * @param offerLength how long an offer to a waiting user lasts
 * @param tolerance how far the clock of a process may differ from the clock of the
 * history, 0 or more
 */
public record Sale(long opensAt, long closesAt, long holdLength, long offerLength, long tolerance) {

	/** Earlier than every endpoint. */
	public static final long ALWAYS = Long.MIN_VALUE;

	/** No window. Histories without holds have it. */
	public static final Sale NONE = new Sale(ALWAYS, Operation.NEVER, 0, 0, 0);

	/**
	 * @throws IllegalArgumentException for an invalid sale
	 */
	public Sale {
		if (closesAt <= opensAt || holdLength < 0 || offerLength < 0 || tolerance < 0) {
			throw new IllegalArgumentException(
					"a sale closes after it opens, and holdLength, offerLength and tolerance are not negative");
		}
	}

	/** A sale without a waiting list. */
	public Sale(long opensAt, long closesAt, long holdLength, long tolerance) {
		this(opensAt, closesAt, holdLength, 0, tolerance);
	}

	boolean hasWindow() {
		return this.opensAt != ALWAYS || this.closesAt != Operation.NEVER;
	}

	/** Whether some clock may show this moment when the sale is open. */
	boolean mayHaveOpened(long moment) {
		return this.opensAt == ALWAYS || moment >= this.opensAt - this.tolerance;
	}

	boolean mayBeUnopened(long moment) {
		return this.opensAt != ALWAYS && moment <= this.opensAt + this.tolerance;
	}

	boolean mayHaveClosed(long moment) {
		return this.closesAt != Operation.NEVER && moment >= this.closesAt - this.tolerance;
	}

	boolean mayBeUnclosed(long moment) {
		return this.closesAt == Operation.NEVER || moment <= this.closesAt + this.tolerance;
	}

	/** Whether a hold that ends then may have expired. */
	boolean mayHaveExpired(long until, long moment) {
		return moment >= until - this.tolerance;
	}

	/** Whether a hold that ends then may still count for a request of this moment. */
	boolean mayBeUnexpired(long until, long invoked) {
		return until == Operation.NEVER || invoked <= until + this.tolerance;
	}

	/** The earliest end of a hold of a request of this moment. */
	long earliestEnd(long invoked) {
		return invoked - this.tolerance + this.holdLength;
	}

	/** Whether a hold that ends then may have been made between the two moments. */
	boolean mayEnd(long until, long invoked, long responded) {
		return until >= earliestEnd(invoked)
				&& (responded == Operation.NEVER || until <= responded + this.tolerance + this.holdLength);
	}

}
