package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Updates;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.CapacityOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;

/**
 * A change to one event document whose conditions stand in the filter of the very write
 * that makes it, so that nothing can come between the check and the change.
 *
 * @param <T> the outcomes it can end in
 * @param filter the event and the guards
 * @param update the change
 * @param done the outcome when the filter matched
 * @param unknownEvent the outcome when there is no such event
 * @param refusal why the filter did not match an event that exists; empty when, by the
 * time of the look, nothing speaks against the write any more
 */
record GuardedWrite<T>(Bson filter, Bson update, T done, T unknownEvent, Function<Standing, Optional<T>> refusal) {

	/** Compares two fields of one document, which takes an expression. */
	private static final Document SEAT_IS_FREE = new Document("$lt", List.of("$" + TICKETS_SOLD, "$" + CAPACITY));

	static GuardedWrite<BookingOutcome> booking(ObjectId event, UserId user) {
		return new GuardedWrite<>(
				new Document(ID, event).append(REGISTRATION_IDS, new Document("$ne", user.value()))
					.append("$expr", SEAT_IS_FREE),
				Updates.combine(Updates.inc(TICKETS_SOLD, 1), Updates.inc(REVISION, 1L),
						Updates.addToSet(REGISTRATION_IDS, user.value())),
				BookingOutcome.BOOKED, BookingOutcome.EVENT_NOT_FOUND, GuardedWrite::whyNotBooked);
	}

	/**
	 * Registered comes first: who holds a seat of a full event is told so, and not that
	 * it is sold out.
	 */
	private static Optional<BookingOutcome> whyNotBooked(Standing standing) {
		if (standing.registered()) {
			return Optional.of(BookingOutcome.ALREADY_REGISTERED);
		}
		return standing.full() ? Optional.of(BookingOutcome.SOLD_OUT) : Optional.empty();
	}

	static GuardedWrite<ReleaseOutcome> release(ObjectId event, UserId user) {
		return new GuardedWrite<>(new Document(ID, event).append(REGISTRATION_IDS, user.value()),
				Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
						Updates.pull(REGISTRATION_IDS, user.value())),
				ReleaseOutcome.RELEASED, ReleaseOutcome.EVENT_NOT_FOUND,
				(standing) -> standing.registered() ? Optional.empty() : Optional.of(ReleaseOutcome.NOT_REGISTERED));
	}

	static GuardedWrite<CapacityOutcome> capacityChange(ObjectId event, int capacity) {
		return new GuardedWrite<>(new Document(ID, event).append(TICKETS_SOLD, new Document("$lte", capacity)),
				Updates.combine(Updates.set(CAPACITY, capacity), Updates.inc(REVISION, 1L)), CapacityOutcome.CHANGED,
				CapacityOutcome.EVENT_NOT_FOUND, (standing) -> (standing.ticketsSold() > capacity)
						? Optional.of(CapacityOutcome.BELOW_SOLD) : Optional.empty());
	}

	/**
	 * Why the write matched nothing, as far as a later look can tell.
	 * @return the outcome; empty when nothing speaks against the write any more
	 */
	Optional<T> whyNot(Standing standing) {
		return standing.exists() ? this.refusal.apply(standing) : Optional.of(this.unknownEvent);
	}

}
