package dev.lastseat.config;

import java.time.Duration;

import dev.lastseat.booking.LaneSettings;
import dev.lastseat.mongo.PageSize;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How those are treated who want the same event at once, and how its registrations are
 * stored. (The core, which most of this is for, knows nothing of properties.)
 *
 * @param maxBatch how many bookings of one event go together in one write at most, up to
 * 10,000; 1 sends each by itself and at once
 * @param maxWaiting how many bookings and cancellations may wait for their turn, for all
 * events together; the next one is answered 503 overloaded
 * @param maxWaitingPerEvent how many of them may wait for the same event
 * @param maxWait how long one waits for its turn; after that it is answered 503
 * overloaded, and nothing was changed
 * @param maxTurn how long the storage may take for one group before the next one goes on
 * without its answer. Exceeds the time limit of the storage itself, which comes first
 * @param pageSize how many registrations leave the document of an event at once, when it
 * holds twice as many; 1 to 15,000
 */
record BookingProperties(@DefaultValue("256") int maxBatch, @DefaultValue("20000") int maxWaiting,
		@DefaultValue("10000") int maxWaitingPerEvent, @DefaultValue("2s") Duration maxWait,
		@DefaultValue("30s") Duration maxTurn, @DefaultValue("1000") int pageSize) {

	/**
	 * @throws IllegalArgumentException for a value that is out of bounds, so that binding
	 * fails and says which property it was
	 */
	BookingProperties {
		new LaneSettings(maxBatch, maxWaiting, maxWaitingPerEvent, maxWait, maxTurn);
		new PageSize(pageSize);
	}

	LaneSettings toLaneSettings() {
		return new LaneSettings(this.maxBatch, this.maxWaiting, this.maxWaitingPerEvent, this.maxWait, this.maxTurn);
	}

	PageSize toPageSize() {
		return new PageSize(this.pageSize);
	}

}
