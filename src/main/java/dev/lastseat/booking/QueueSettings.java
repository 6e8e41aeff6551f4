package dev.lastseat.booking;

import java.time.Duration;

/**
 * Limits of the event queues of a process.
 *
 * @param maxBatch maximum number of requests in a batch, and of look-ups that share a
 * read, 1 to 10,000. A party counts as many requests as it has users; the last one may
 * exceed the limit
 * @param maxWaiting maximum number of requests in flight or waiting, for all events
 * together, 1 or more; a request above the limit is rejected
 * @param maxWaitingPerEvent the same limit for each event
 * @param maxWait maximum time that a request waits for its round, 1 ms or more; then it
 * is rejected. Also the maximum time that a read holds back the next one of its event
 * @param roundTimeout maximum time of a round, 1 ms or more; then the outcomes of its
 * undecided requests are unknown and the next round starts. The time limit of the storage
 * should be shorter and end a round first. This limit keeps a storage without a time
 * limit from blocking an event
 */
public record QueueSettings(int maxBatch, int maxWaiting, int maxWaitingPerEvent, Duration maxWait,
		Duration roundTimeout) {

	/**
	 * MongoDB limits an update to 16 MB. A batch of bookings is sent as three arrays of
	 * user ids in one update; with ids of maximum length the arrays take 8 MB. The guard
	 * and the fields of a hold take about 1.1 KB then, so a batch of holds takes 11 MB.
	 */
	private static final int LARGEST_BATCH = 10_000;

	/** Defaults for a process with a few hundred megabytes of memory. */
	public static final QueueSettings DEFAULTS = new QueueSettings(256, 20_000, 10_000, Duration.ofSeconds(2),
			Duration.ofSeconds(30));

	/**
	 * @throws IllegalArgumentException for a value that is out of bounds
	 */
	public QueueSettings {
		requireAtLeastOne("max-batch", maxBatch);
		if (maxBatch > LARGEST_BATCH) {
			throw new IllegalArgumentException("lastseat.booking.max-batch must be at most " + LARGEST_BATCH);
		}
		requireAtLeastOne("max-waiting", maxWaiting);
		requireAtLeastOne("max-waiting-per-event", maxWaitingPerEvent);
		requirePositive("max-wait", maxWait);
		requirePositive("round-timeout", roundTimeout);
	}

	private static void requireAtLeastOne(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("lastseat.booking." + name + " must be at least 1");
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.toMillis() < 1) {
			throw new IllegalArgumentException("lastseat.booking." + name + " must be at least 1ms");
		}
	}

}
