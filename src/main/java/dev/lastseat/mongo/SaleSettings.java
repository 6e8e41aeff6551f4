package dev.lastseat.mongo;

import java.time.Instant;
import java.util.List;

/**
 * What event documents may contain besides registrations. The limits bound their size.
 *
 * @param maxHolds maximum number of holds of an event, 1 to {@value #MAX_HOLDS}
 * @param maxWaitingList maximum number of users in a waiting list, 1 to
 * {@value #MAX_WAITING_LIST}
 * @param journal whether each change of an event is written into its journal
 */
public record SaleSettings(int maxHolds, int maxWaitingList, boolean journal) {

	/**
	 * A hold takes about 300 bytes with a user id of 255 characters, so these take half
	 * of the 16 MB of a document. Each character that the field name encodes takes two
	 * bytes more.
	 */
	public static final int MAX_HOLDS = 25_000;

	/** These take 2.6 MB with user ids of 255 characters. */
	public static final int MAX_WAITING_LIST = 10_000;

	/** The values without a setting. */
	public static final SaleSettings DEFAULT = new SaleSettings(10_000, 5_000, true);

	/**
	 * @throws IllegalArgumentException for a value that is out of bounds
	 */
	public SaleSettings {
		if (maxHolds < 1 || maxHolds > MAX_HOLDS) {
			throw new IllegalArgumentException("lastseat.booking.max-holds must be 1 to " + MAX_HOLDS);
		}
		if (maxWaitingList < 1 || maxWaitingList > MAX_WAITING_LIST) {
			throw new IllegalArgumentException("lastseat.booking.max-waiting-list must be 1 to " + MAX_WAITING_LIST);
		}
	}

	/** The texts of the entries to store: none without a journal. */
	List<String> journal(List<JournalLine> lines, Instant at) {
		return this.journal ? lines.stream().map((line) -> line.text(at)).toList() : List.of();
	}

}
