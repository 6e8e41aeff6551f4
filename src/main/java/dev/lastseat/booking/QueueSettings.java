package dev.lastseat.booking;

import java.time.Duration;

/**
 * Limits of the event queues of a process.
 *
 * @param maxBatch requests of one round at most, 1 to 10,000
 * @param maxWaiting requests that are in flight or waiting at most, of all events
 * together; the next one is rejected
 * @param maxWaitingPerEvent the same for a single event
 * @param maxWait how long a request waits for its round at most; then it is rejected
 * @param roundTimeout how long a round may take before the next one starts without its
 * answers. Longer than the time limit of the storage, which comes first: it is there so
 * that a storage without one cannot block an event for ever
 */
public record QueueSettings(int maxBatch, int maxWaiting, int maxWaitingPerEvent, Duration maxWait,
		Duration roundTimeout) {

	/**
	 * A batch is sent as three arrays of user ids in one command, which may have 48 MB;
	 * with the longest ids these take 8.
	 */
	private static final int LARGEST_BATCH = 10_000;

	/** What fits a service that has a few hundred megabytes of memory. */
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
