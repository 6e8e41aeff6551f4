package dev.lastseat.mongo.segments;

/**
 * How many registrations leave an event document at once, as a segment of their own. An
 * event document holds two to three segments: its open one grows to two, and one is on
 * its way out.
 *
 * @param registrations 1 to {@value #MAX}
 */
public record SegmentSize(int registrations) {

	/**
	 * Three segments of the longest user ids, 255 bytes and 12 of BSON for each, take 12
	 * of the 16 MB that a document may have.
	 */
	public static final int MAX = 15_000;

	/** So few that a write of the document stays cheap. */
	public static final SegmentSize DEFAULT = new SegmentSize(1_000);

	/**
	 * @throws IllegalArgumentException for a number that is out of bounds
	 */
	public SegmentSize {
		if (registrations < 1 || registrations > MAX) {
			throw new IllegalArgumentException("lastseat.booking.segment-size must be 1 to " + MAX);
		}
	}

	/** How many registrations the open segment holds when the oldest are sealed. */
	public int full() {
		return 2 * this.registrations;
	}

	/**
	 * After how many bookings a process looks how long the open segment is: the look is a
	 * small read, and so costs a hundredth of the bookings by default. With P processes
	 * the segment grows to two segments and P times this number at most.
	 */
	public int bookings() {
		return (this.registrations + 9) / 10;
	}

	/**
	 * More registrations than this in an event document are too many: maintenance has not
	 * been able to seal for long. 50,000 of the longest user ids take 13 of the 16 MB
	 * that a document may have.
	 */
	public int tooMany() {
		return Math.min(10 * this.registrations, 50_000);
	}

	/**
	 * How many sealed seats a process sees given back before it marks their entries: each
	 * time takes as many commands for many as for one.
	 */
	public int releases() {
		return Math.max(1, this.registrations / 10);
	}

}
