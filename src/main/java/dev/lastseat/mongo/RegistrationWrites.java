package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;

import com.mongodb.client.model.Updates;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;

/**
 * The admission and its mirror.
 */
final class RegistrationWrites {

	/** Compares two fields of one document, which takes an expression. */
	private static final Document SEAT_IS_FREE = new Document("$lt", List.of("$" + TICKETS_SOLD, "$" + CAPACITY));

	private RegistrationWrites() {
	}

	static GuardedWrite<Standing, BookingOutcome> booking(ObjectId event, UserId user) {
		Document guards = new Document(ID, event).append(REGISTRATION_IDS, new Document("$ne", user.value()))
			.append("$expr", SEAT_IS_FREE);
		return new GuardedWrite<>(
				GuardedWrite.update(guards,
						Updates.combine(Updates.inc(TICKETS_SOLD, 1), Updates.inc(REVISION, 1L),
								Updates.addToSet(REGISTRATION_IDS, user.value()))),
				BookingOutcome.BOOKED, BookingOutcome.EVENT_NOT_FOUND, RegistrationWrites::whyNotBooked);
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

	static GuardedWrite<Standing, ReleaseOutcome> release(ObjectId event, UserId user) {
		Document guard = new Document(ID, event).append(REGISTRATION_IDS, user.value());
		return new GuardedWrite<>(
				GuardedWrite.update(guard,
						Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
								Updates.pull(REGISTRATION_IDS, user.value()))),
				ReleaseOutcome.RELEASED, ReleaseOutcome.EVENT_NOT_FOUND,
				(standing) -> standing.registered() ? Optional.empty() : Optional.of(ReleaseOutcome.NOT_REGISTERED));
	}

}
