package dev.lastseat.mongo;

/**
 * How many registrations leave an event document at once, as a page of their own. An
 * event document holds two to three pages: its open one grows to two, and one is on its
 * way out.
 *
 * @param registrations 1 to {@value #MAX}
 */
public record PageSize(int registrations) {

	/**
	 * Three pages of the longest user ids, 255 bytes and 12 of BSON for each, take 12 of
	 * the 16 MB that a document may have.
	 */
	static final int MAX = 15_000;

	/** So few that a write of the document stays cheap. */
	public static final PageSize DEFAULT = new PageSize(1_000);

	/**
	 * @throws IllegalArgumentException for a number that is out of bounds
	 */
	public PageSize {
		if (registrations < 1 || registrations > MAX) {
			throw new IllegalArgumentException("lastseat.booking.page-size must be 1 to " + MAX);
		}
	}

	/** How many registrations the open page holds when the oldest are sealed. */
	int full() {
		return 2 * this.registrations;
	}

	/**
	 * After how many bookings a process looks how long the open page is: the look is a
	 * small read, and so costs a hundredth of the bookings by default. With P processes
	 * the page grows to two pages and P times this number at most.
	 */
	int bookings() {
		return (this.registrations + 9) / 10;
	}

	/**
	 * More registrations than this in an event document are too many: maintenance has not
	 * been able to seal for long. 50,000 of the longest user ids take 13 of the 16 MB
	 * that a document may have.
	 */
	int tooMany() {
		return Math.min(10 * this.registrations, 50_000);
	}

	/**
	 * How many sealed seats a process sees given back before it marks their entries: each
	 * time takes as many commands for many as for one.
	 */
	int releases() {
		return Math.max(1, this.registrations / 10);
	}

}
