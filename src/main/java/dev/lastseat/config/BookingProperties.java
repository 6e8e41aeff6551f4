package dev.lastseat.config;

import java.time.Duration;

import dev.lastseat.booking.QueueSettings;
import dev.lastseat.mongo.SaleSettings;
import dev.lastseat.mongo.segments.SegmentSize;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the event queues, the size of segments, and holds. They are bound here
 * because the core does not depend on Spring Boot.
 * <p>
 * {@code maxWait} is described before the parameters whose names begin with it: the
 * generator of the configuration metadata takes the first that does.
 *
 * @param maxBatch maximum number of requests that one round decides, 1 to 10,000
 * @param maxWait maximum time that a request waits for its round. After it the answer is
 * 503 overloaded, and nothing was changed
 * @param maxWaiting maximum number of bookings, cancellations and requests for holds in
 * flight or waiting, for all events together. More requests are answered 503 overloaded
 * @param maxWaitingPerEvent the same limit for a single event
 * @param roundTimeout maximum time of one round. After it the next round starts, and the
 * requests of this round are answered 503 outcome-unknown. Longer than the time limit of
 * the storage, so that the storage normally reports its own timeout first
 * @param segmentSize number of registrations in a sealed segment, 1 to 15,000. A segment
 * is sealed when the event document holds twice as many
 * @param maxHolds maximum number of holds of an event, 1 to 25,000. More requests for
 * holds are answered 503 overloaded
 * @param maxWaitingList maximum number of users in the waiting list of an event, 1 to
 * 10,000. More requests to join are answered 409 waiting-list-full
 * @param journal whether each change of an event is written into its journal
 * @param expiryInterval time between two sweeps that remove expired holds, 100 ms or
 * more. Displayed numbers count an expired hold for that time. The seat of an expired
 * hold is available at once
 */
record BookingProperties(@DefaultValue("256") int maxBatch, @DefaultValue("20000") int maxWaiting,
		@DefaultValue("10000") int maxWaitingPerEvent, @DefaultValue("2s") Duration maxWait,
		@DefaultValue("30s") Duration roundTimeout, @DefaultValue("1000") int segmentSize,
		@DefaultValue("10000") int maxHolds, @DefaultValue("5000") int maxWaitingList,
		@DefaultValue("true") boolean journal, @DefaultValue("1s") Duration expiryInterval) {

	/** More sweeps would be load without an effect that a viewer notices. */
	private static final Duration MIN_EXPIRY_INTERVAL = Duration.ofMillis(100);

	/**
	 * @throws IllegalArgumentException if a value is out of bounds. Spring Boot then
	 * fails the binding and names the property
	 */
	BookingProperties {
		new QueueSettings(maxBatch, maxWaiting, maxWaitingPerEvent, maxWait, roundTimeout);
		new SegmentSize(segmentSize);
		new SaleSettings(maxHolds, maxWaitingList, journal);
		if (expiryInterval.compareTo(MIN_EXPIRY_INTERVAL) < 0) {
			throw new IllegalArgumentException("lastseat.booking.expiry-interval must be at least 100ms");
		}
	}

	QueueSettings toQueueSettings() {
		return new QueueSettings(this.maxBatch, this.maxWaiting, this.maxWaitingPerEvent, this.maxWait,
				this.roundTimeout);
	}

	SegmentSize toSegmentSize() {
		return new SegmentSize(this.segmentSize);
	}

	SaleSettings toSaleSettings() {
		return new SaleSettings(this.maxHolds, this.maxWaitingList, this.journal);
	}

}
