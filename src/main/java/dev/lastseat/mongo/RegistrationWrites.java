package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

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

	/**
	 * Books all of the users, or nobody.
	 */
	static Function<MongoCollection<Document>, Mono<Long>> booking(ObjectId event, List<UserId> users) {
		return (users.size() == 1) ? bookingOfOne(event, users.get(0).value())
				: bookingOfAll(event, users.stream().map(UserId::value).toList());
	}

	private static Function<MongoCollection<Document>, Mono<Long>> bookingOfOne(ObjectId event, String user) {
		Document guards = new Document(ID, event).append(REGISTRATION_IDS, new Document("$ne", user))
			.append("$expr", SEAT_IS_FREE);
		return GuardedWrite.update(guards, Updates.combine(Updates.inc(TICKETS_SOLD, 1), Updates.inc(REVISION, 1L),
				Updates.addToSet(REGISTRATION_IDS, user)));
	}

	/**
	 * The guard has proved that none of them is in the array, so they can be appended
	 * without another look at it.
	 */
	private static Function<MongoCollection<Document>, Mono<Long>> bookingOfAll(ObjectId event, List<String> users) {
		Document seatsAreFree = new Document("$lte",
				List.of(new Document("$add", List.of("$" + TICKETS_SOLD, users.size())), "$" + CAPACITY));
		Document guards = new Document(ID, event).append(REGISTRATION_IDS, new Document("$nin", users))
			.append("$expr", seatsAreFree);
		return GuardedWrite.update(guards, Updates.combine(Updates.inc(TICKETS_SOLD, users.size()),
				Updates.inc(REVISION, 1L), Updates.pushEach(REGISTRATION_IDS, users)));
	}

	static GuardedWrite<Standing, ReleaseOutcome> release(ObjectId event, UserId user) {
		Document guard = new Document(ID, event).append(REGISTRATION_IDS, user.value());
		return new GuardedWrite<>(
				GuardedWrite.update(guard,
						Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
								Updates.pull(REGISTRATION_IDS, user.value()))),
				ReleaseOutcome.RELEASED, ReleaseOutcome.EVENT_NOT_FOUND, (standing) -> standing.registered(user)
						? Optional.empty() : Optional.of(ReleaseOutcome.NOT_REGISTERED));
	}

}
