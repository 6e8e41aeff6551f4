package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationPlace;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.STARTS_AT;

/**
 * Reads pages. One more item than a page holds is asked for, to know whether there is
 * another page.
 */
final class EventReads {

	private static final String START = "start";

	private EventReads() {
	}

	static Mono<Page<Event, EventQuery.Place>> page(MongoCollection<Document> events, EventQuery query) {
		return Flux
			.from(events.find(filter(query))
				.projection(EventDocument.WITHOUT_REGISTRATIONS)
				.sort(Sorts.ascending(STARTS_AT, ID))
				.limit(query.limit() + 1))
			.map(EventDocument::toEvent)
			.collectList()
			.map((found) -> cut(found, query.limit(), (items) -> EventQuery.Place.of(last(items))));
	}

	private static Bson filter(EventQuery query) {
		List<Bson> conditions = new ArrayList<>();
		if (query.from() != null) {
			conditions.add(Filters.gte(STARTS_AT, Date.from(query.from())));
		}
		if (query.to() != null) {
			conditions.add(Filters.lt(STARTS_AT, Date.from(query.to())));
		}
		if (query.registered() != null) {
			conditions.add(Filters.eq(REGISTRATION_IDS, query.registered().value()));
		}
		if (query.after() != null) {
			Date startsAt = Date.from(query.after().startsAt());
			conditions.add(Filters.or(Filters.gt(STARTS_AT, startsAt), Filters.and(Filters.eq(STARTS_AT, startsAt),
					Filters.gt(ID, new ObjectId(query.after().event().value())))));
		}
		return conditions.isEmpty() ? Filters.empty() : Filters.and(conditions);
	}

	/**
	 * The server cuts the page out of the array: it finds the user where the last page
	 * ended and goes on behind them. Who has gone is taken to have been the last of those
	 * counted, which moves the rest up by one.
	 */
	static Mono<Page<UserId, RegistrationPlace>> registrations(MongoCollection<Document> events, ObjectId event,
			@Nullable RegistrationPlace after, int limit) {
		Document start = (after != null) ? startBehind(after) : new Document("$literal", 0);
		List<Bson> pipeline = List.of(Aggregates.match(Filters.eq(ID, event)),
				Aggregates.project(
						Projections.fields(Projections.include(REGISTRATION_IDS), Projections.computed(START, start))),
				Aggregates.project(Projections.fields(Projections.excludeId(), Projections.include(START),
						Projections.computed(REGISTRATION_IDS,
								new Document("$slice", List.of("$" + REGISTRATION_IDS, "$" + START, limit + 1))))));
		return Mono.from(events.aggregate(pipeline)).map((answer) -> toPage(answer, limit));
	}

	private static Document startBehind(RegistrationPlace after) {
		Document found = new Document("$indexOfArray",
				List.of("$" + REGISTRATION_IDS, new Document("$literal", after.user().value())));
		return new Document("$cond", List.of(new Document("$gte", List.of(found, 0)),
				new Document("$add", List.of(found, 1)), after.position() - 1));
	}

	private static Page<UserId, RegistrationPlace> toPage(Document answer, int limit) {
		List<UserId> found = answer.getList(REGISTRATION_IDS, String.class).stream().map(UserId::new).toList();
		int start = EventDocument.number(answer, START).intValue();
		return cut(found, limit, (items) -> new RegistrationPlace(start + items.size(), last(items)));
	}

	/**
	 * Leaves out what was asked for beyond the page, and names the place where the page
	 * ends if there was such a thing.
	 */
	private static <T, P> Page<T, P> cut(List<T> found, int limit, Function<List<T>, P> end) {
		return (found.size() > limit) ? new Page<>(found.subList(0, limit), end.apply(found.subList(0, limit)))
				: new Page<>(found, null);
	}

	private static <T> T last(List<T> items) {
		return items.get(items.size() - 1);
	}

}
