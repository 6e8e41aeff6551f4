package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Expectation;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How not to decide for a group. One user by themselves is booked as it should be.
 */
enum BrokenGroups {

	/** Makes sure of the seats, and of nobody who may hold one. */
	WITHOUT_GUARD_OF_USERS {
		@Override
		Bson guard(List<String> users) {
			return seats(users.size());
		}
	},

	/** Makes sure of the users, and of a single seat for all of them. */
	WITH_GUARD_OF_ONE_SEAT {
		@Override
		Bson guard(List<String> users) {
			return Filters.and(seats(1), Filters.nin("registration_ids", users));
		}
	};

	abstract Bson guard(List<String> users);

	private static Bson seats(int count) {
		return Filters
			.expr(new Document("$lte", List.of(new Document("$add", List.of("$tickets_sold", count)), "$capacity")));
	}

	Flux<Decision> book(MongoDatabase database, EventId event, List<UserId> users) {
		MongoCollection<Document> events = database.getCollection(EventDocument.COLLECTION);
		ObjectId id = new ObjectId(event.value());
		return new Admission((group) -> write(events, id, group),
				(group) -> Mono.from(events.aggregate(Standing.query(id, group, false)))
					.map(Standing::of)
					.onErrorMap(StorageErrors::ofRead),
				MongoEventRepository.MAX_ATTEMPTS)
			.decide(users, Expectation.BOOKINGS);
	}

	private Mono<Long> write(MongoCollection<Document> events, ObjectId id, List<UserId> group) {
		if (group.size() == 1) {
			return RegistrationWrites.booking(id, group, 0).apply(events);
		}
		List<String> users = group.stream().map(UserId::value).toList();
		return GuardedWrite.update(Filters.and(Filters.eq("_id", id), guard(users)),
				Updates.combine(Updates.inc("tickets_sold", users.size()), Updates.inc("revision", 1L),
						Updates.pushEach("registration_ids", users)))
			.apply(events);
	}

}
