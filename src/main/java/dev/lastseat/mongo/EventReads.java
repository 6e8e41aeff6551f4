package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;

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
				.projection(Projections.exclude(REGISTRATION_IDS))
				.sort(Sorts.ascending(STARTS_AT, ID))
				.limit(query.limit() + 1))
			.map(EventDocument::toEvent)
			.collectList()
			.map((found) -> {
				List<Event> items = found.subList(0, Math.min(query.limit(), found.size()));
				return new Page<>(items,
						(found.size() > items.size()) ? EventQuery.Place.of(items.get(items.size() - 1)) : null);
			});
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
		List<UserId> items = found.subList(0, Math.min(limit, found.size()));
		int end = EventDocument.number(answer, START).intValue() + items.size();
		return new Page<>(items,
				(found.size() > items.size()) ? new RegistrationPlace(end, items.get(items.size() - 1)) : null);
	}

}
