package dev.lastseat.booking;

import java.time.Duration;

/**
 * How those are treated who want the same event at once.
 *
 * @param maxBatch how many go together in one write at most; 1 for each by themselves and
 * at once, without a lane
 * @param maxWaiting how many may wait for their turn, for all events together
 * @param maxWaitingPerEvent how many of them may wait for the same event
 * @param maxWait how long anybody waits for their turn
 * @param maxTurn how long a turn may take before those behind it go on without its
 * answer. Far more than the storage takes to give up by itself: it is there so that
 * nobody has to trust that it does
 */
public record LaneSettings(int maxBatch, int maxWaiting, int maxWaitingPerEvent, Duration maxWait, Duration maxTurn) {

	/**
	 * A batch is sent as three arrays of user ids in one command, which may have 48 MB;
	 * with the longest ids these take 8.
	 */
	private static final int LARGEST_BATCH = 10_000;

	/** What fits a service that has a few hundred megabytes of memory. */
	public static final LaneSettings DEFAULTS = new LaneSettings(256, 20_000, 10_000, Duration.ofSeconds(2),
			Duration.ofSeconds(30));

	/**
	 * @throws IllegalArgumentException for a number that is too small
	 */
	public LaneSettings {
		requireAtLeast(1, "max-batch", maxBatch);
		if (maxBatch > LARGEST_BATCH) {
			throw new IllegalArgumentException("lastseat.booking.max-batch must be at most " + LARGEST_BATCH);
		}
		requireAtLeast(0, "max-waiting", maxWaiting);
		requireAtLeast(0, "max-waiting-per-event", maxWaitingPerEvent);
		requirePositive("max-wait", maxWait);
		requirePositive("max-turn", maxTurn);
	}

	boolean grouping() {
		return this.maxBatch > 1;
	}

	private static void requireAtLeast(int least, String name, int value) {
		if (value < least) {
			throw new IllegalArgumentException("lastseat.booking." + name + " must be at least " + least);
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.toMillis() < 1) {
			throw new IllegalArgumentException("lastseat.booking." + name + " must be at least 1ms");
		}
	}

}
