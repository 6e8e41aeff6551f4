package dev.lastseat.config;

import java.time.Duration;

import dev.lastseat.booking.QueueSettings;
import dev.lastseat.mongo.segments.SegmentSize;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the event queues, and how registrations are stored. (The core, which most of
 * this is for, knows nothing of properties.)
 *
 * @param maxBatch requests that one round decides together at most, 1 to 10,000
 * @param maxWaiting bookings and cancellations that are in flight or waiting at most, of
 * all events together; the next one is answered 503 overloaded
 * @param maxWaitingPerEvent the same for a single event
 * @param maxWait how long a request waits for its round at most; after that it is
 * answered 503 overloaded, and nothing was changed
 * @param roundTimeout how long the storage may take for one round before the next one
 * starts without its answers. Exceeds the time limit of the storage itself, which comes
 * first
 * @param segmentSize how many registrations leave the document of an event at once, when
 * it holds twice as many; 1 to 15,000
 */
record BookingProperties(@DefaultValue("256") int maxBatch, @DefaultValue("20000") int maxWaiting,
		@DefaultValue("10000") int maxWaitingPerEvent, @DefaultValue("2s") Duration maxWait,
		@DefaultValue("30s") Duration roundTimeout, @DefaultValue("1000") int segmentSize) {

	/**
	 * @throws IllegalArgumentException for a value that is out of bounds, so that binding
	 * fails and says which property it was
	 */
	BookingProperties {
		new QueueSettings(maxBatch, maxWaiting, maxWaitingPerEvent, maxWait, roundTimeout);
		new SegmentSize(segmentSize);
	}

	QueueSettings toQueueSettings() {
		return new QueueSettings(this.maxBatch, this.maxWaiting, this.maxWaitingPerEvent, this.maxWait,
				this.roundTimeout);
	}

	SegmentSize toSegmentSize() {
		return new SegmentSize(this.segmentSize);
	}

}
