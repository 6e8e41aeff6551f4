package dev.lastseat.mongo.segments;

/**
 * Number of registrations that are moved out of an event document at once, as one
 * segment. An event document contains up to three segments: the open one grows to two,
 * and one is being sealed.
 *
 * @param registrations 1 to {@value #MAX}
 */
public record SegmentSize(int registrations) {

	/**
	 * Three segments of the longest user ids take 12 of the 16 MB that a document may
	 * have. Each id takes 255 bytes, and 12 bytes of BSON.
	 */
	public static final int MAX = 15_000;

	/**
	 * Each write of an event costs more, the longer its journal is, and each move costs
	 * five commands. With 200 entries a move followed nearly every round of a hot event,
	 * and the journal cost a booking 14 % (measured: {@code bench/run --only=journal}).
	 */
	private static final int MAX_JOURNAL = 1_000;

	/** Small enough that a write of the document stays cheap. */
	public static final SegmentSize DEFAULT = new SegmentSize(1_000);

	/**
	 * @throws IllegalArgumentException if the number is out of bounds
	 */
	public SegmentSize {
		if (registrations < 1 || registrations > MAX) {
			throw new IllegalArgumentException("lastseat.booking.segment-size must be 1 to " + MAX);
		}
	}

	/** Length of the open segment from which its oldest registrations are sealed. */
	int full() {
		return 2 * this.registrations;
	}

	/**
	 * Number of entries of the journal in an event document from which they are moved to
	 * their own collection.
	 */
	int journal() {
		return Math.min(full(), MAX_JOURNAL);
	}

	/** Number of entries after which a process checks the length of the journal. */
	int entriesPerCheck() {
		return (journal() + 1) / 2;
	}

	/**
	 * Number of bookings after which a process checks the length of the open segment. A
	 * check is one small read, so by default it adds one read to 100 bookings. With P
	 * processes the open segment grows to at most two segments and P times this number.
	 */
	int bookingsPerCheck() {
		return (this.registrations + 9) / 10;
	}

	/**
	 * An event document with more registrations or more entries of the journal than this
	 * is too large: maintenance has failed for a long time. 50,000 of the longest user
	 * ids take 13 of the 16 MB that a document may have.
	 */
	public int tooLarge() {
		return Math.min(10 * this.registrations, 50_000);
	}

	/**
	 * Number of sealed registrations that a process releases before it marks them.
	 * Marking takes the same number of commands for many as for one.
	 */
	int releasesPerCleanUp() {
		return Math.max(1, this.registrations / 10);
	}

}
