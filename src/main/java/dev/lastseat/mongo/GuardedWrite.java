package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
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
 * @param refusal why the filter did not match; empty when, by the time of the look,
 * nothing speaks against the write any more
 */
record GuardedWrite<T>(Bson filter, Bson update, T done, Function<Standing, Optional<T>> refusal) {

	private static final Bson SEAT_IS_FREE = Filters
		.expr(new Document("$lt", List.of("$" + TICKETS_SOLD, "$" + CAPACITY)));

	/**
	 * The admission. Of the two refusals "registered" comes first: who holds a seat of a
	 * full event is told so, and not that it is sold out.
	 */
	static GuardedWrite<BookingOutcome> booking(ObjectId event, UserId user) {
		return new GuardedWrite<>(
				Filters.and(Filters.eq(ID, event), Filters.ne(REGISTRATION_IDS, user.value()), SEAT_IS_FREE),
				Updates.combine(Updates.inc(TICKETS_SOLD, 1), Updates.inc(REVISION, 1L),
						Updates.addToSet(REGISTRATION_IDS, user.value())),
				BookingOutcome.BOOKED, (standing) -> {
					if (!standing.exists()) {
						return Optional.of(BookingOutcome.EVENT_NOT_FOUND);
					}
					if (standing.registered()) {
						return Optional.of(BookingOutcome.ALREADY_REGISTERED);
					}
					return standing.full() ? Optional.of(BookingOutcome.SOLD_OUT) : Optional.empty();
				});
	}

	static GuardedWrite<ReleaseOutcome> release(ObjectId event, UserId user) {
		return new GuardedWrite<>(Filters.and(Filters.eq(ID, event), Filters.eq(REGISTRATION_IDS, user.value())),
				Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
						Updates.pull(REGISTRATION_IDS, user.value())),
				ReleaseOutcome.RELEASED, (standing) -> {
					if (!standing.exists()) {
						return Optional.of(ReleaseOutcome.EVENT_NOT_FOUND);
					}
					return standing.registered() ? Optional.empty() : Optional.of(ReleaseOutcome.NOT_REGISTERED);
				});
	}

	static GuardedWrite<CapacityOutcome> capacityChange(ObjectId event, int capacity) {
		return new GuardedWrite<>(Filters.and(Filters.eq(ID, event), Filters.lte(TICKETS_SOLD, capacity)),
				Updates.combine(Updates.set(CAPACITY, capacity), Updates.inc(REVISION, 1L)), CapacityOutcome.CHANGED,
				(standing) -> {
					if (!standing.exists()) {
						return Optional.of(CapacityOutcome.EVENT_NOT_FOUND);
					}
					return (standing.ticketsSold() > capacity) ? Optional.of(CapacityOutcome.BELOW_SOLD)
							: Optional.empty();
				});
	}

}
