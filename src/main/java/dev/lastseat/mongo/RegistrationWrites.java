package dev.lastseat.mongo;

import java.util.List;
import java.util.function.Function;

import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.PAGE;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.SEALING;
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
	 * @param page that is open. None of the users is registered on an earlier one, which
	 * no filter can see; the array and who is on the way out of it are guarded here
	 */
	static Function<MongoCollection<Document>, Mono<Long>> booking(ObjectId event, List<UserId> users, int page) {
		return (users.size() == 1) ? bookingOfOne(event, users.get(0).value(), page)
				: bookingOfAll(event, users.stream().map(UserId::value).toList(), page);
	}

	private static Function<MongoCollection<Document>, Mono<Long>> bookingOfOne(ObjectId event, String user, int page) {
		Document guards = guards(event, page, new Document("$ne", user), SEAT_IS_FREE);
		return GuardedWrite.update(guards, Updates.combine(Updates.inc(TICKETS_SOLD, 1), Updates.inc(REVISION, 1L),
				Updates.addToSet(REGISTRATION_IDS, user)));
	}

	/**
	 * The guard has proved that none of them is in the array, so they can be appended
	 * without another look at it.
	 */
	private static Function<MongoCollection<Document>, Mono<Long>> bookingOfAll(ObjectId event, List<String> users,
			int page) {
		Document seatsAreFree = new Document("$lte",
				List.of(new Document("$add", List.of("$" + TICKETS_SOLD, users.size())), "$" + CAPACITY));
		Document guards = guards(event, page, new Document("$nin", users), seatsAreFree);
		return GuardedWrite.update(guards, Updates.combine(Updates.inc(TICKETS_SOLD, users.size()),
				Updates.inc(REVISION, 1L), Updates.pushEach(REGISTRATION_IDS, users)));
	}

	private static Document guards(ObjectId event, int page, Document nobodyOfThem, Document seatsAreFree) {
		return new Document(ID, event).append(PAGE, EventDocument.stillAt(page))
			.append(SEALING, nobodyOfThem)
			.append(REGISTRATION_IDS, nobodyOfThem)
			.append("$expr", seatsAreFree);
	}

	/**
	 * Gives back the seat of a user on the open page.
	 */
	static Function<MongoCollection<Document>, Mono<Long>> release(ObjectId event, UserId user) {
		Document guard = new Document(ID, event).append(REGISTRATION_IDS, user.value());
		return GuardedWrite.update(guard, Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
				Updates.pull(REGISTRATION_IDS, user.value())));
	}

	/**
	 * Gives back a seat on a sealed page: the entry, which was read after the event and
	 * was not released, is listed as such.
	 * @param cleanups that the event had. While it stands there, no entry has left the
	 * list, so one that is not in it now was not given back since it was read
	 */
	static Function<MongoCollection<Document>, Mono<Long>> release(Entry entry, int cleanups) {
		Document guards = EventDocument.existing(entry.event())
			.append(CLEANUPS, EventDocument.stillAt(cleanups))
			.append(RELEASED, new Document("$ne", entry.pair()));
		return GuardedWrite.update(guards, Updates.combine(Updates.inc(TICKETS_SOLD, -1), Updates.inc(REVISION, 1L),
				Updates.push(RELEASED, entry.pair())));
	}

}
