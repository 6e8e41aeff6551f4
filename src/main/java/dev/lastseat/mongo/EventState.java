package dev.lastseat.mongo;

import java.time.Instant;
import java.util.List;

import com.mongodb.client.model.Projections;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.Hold;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The state of an event that explains why a change or a deletion did not match.
 *
 * @param event as stored
 * @param expired the expired holds, which are no reason for a refusal
 */
record EventState(Event event, List<Hold> expired) {

	/** The projection that reads the state. */
	static final Bson PROJECTION = Projections.exclude(EventDocument.REGISTRATION_IDS, EventDocument.SEALING,
			EventDocument.RELEASED, EventDocument.WAITING, EventDocument.JOURNAL, EventDocument.JOURNAL_MOVING);

	static EventState of(Event event, Document document, Instant now) {
		return new EventState(event,
				HoldFields.list(document.get(EventDocument.HOLDS, Document.class))
					.stream()
					.filter((hold) -> hold.isExpired(now))
					.toList());
	}

	/** Seats that are sold or held, without those of expired holds. */
	int takenSeats() {
		return this.event.ticketsSold() + this.event.held() - this.expired.size();
	}

	/**
	 * The expired holds that must end so that not more than a number of seats are taken.
	 */
	List<Hold> endingFor(int capacity) {
		int excess = this.event.ticketsSold() + this.event.held() - capacity;
		return this.expired.subList(0, Math.max(0, Math.min(excess, this.expired.size())));
	}

}
