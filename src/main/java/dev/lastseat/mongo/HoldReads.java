package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads holds that are not expired.
 *
 * @param now holds that end until now are expired
 */
record HoldReads(MongoCollections collections, ObjectId event, Instant now) {

	private static final String HOLD = "hold";

	private static final String UNTIL = HOLD + ".v." + HoldFields.UNTIL;

	private static final String NAME = HOLD + ".k";

	/**
	 * @return the holds of these users, by user; empty when the event does not exist
	 */
	Mono<Map<UserId, Hold>> ofUsers(Set<UserId> users) {
		List<String> paths = users.stream().map(UserId::value).map(HoldFields::path).toList();
		return Mono
			.from(this.collections.events()
				.find(EventDocument.existing(this.event))
				.projection(Projections.include(paths)))
			.map((found) -> HoldFields.list(found.get(EventDocument.HOLDS, Document.class))
				.stream()
				.filter((hold) -> !hold.isExpired(this.now))
				.collect(Collectors.toMap(Hold::user, Function.identity())));
	}

	/**
	 * The server sorts the holds and sends those of the page only. Names of fields sort
	 * like user ids, except for encoded characters.
	 * @return the page; empty when the event does not exist
	 */
	Mono<Page<Hold, HoldQuery.Cursor>> page(HoldQuery query) {
		return Flux
			.from(this.collections.events()
				.aggregate(List.of(Aggregates.match(EventDocument.existing(this.event)),
						Aggregates.project(Projections.computed(HOLD, HoldFields.asArray())),
						Aggregates.unwind("$" + HOLD), Aggregates.match(Filters.and(conditions(query))),
						Aggregates.sort(Sorts.ascending(UNTIL, NAME)), Aggregates.limit(query.limit() + 1))))
			.map((found) -> found.get(HOLD, Document.class))
			.collectList()
			.map(HoldFields::ofArray)
			.map((holds) -> EventReads.toPage(holds, query.limit(), HoldQuery.Cursor::of))
			.flatMap((page) -> page.items().isEmpty() ? ifEventExists(page) : Mono.just(page));
	}

	private List<Bson> conditions(HoldQuery query) {
		List<Bson> conditions = new ArrayList<>(List.of(Filters.gt(UNTIL, Date.from(this.now))));
		if (query.offers() != null) {
			Bson offer = Filters.eq(HOLD + ".v." + HoldFields.OFFER, true);
			conditions.add(query.offers() ? offer : Filters.nor(offer));
		}
		HoldQuery.Cursor after = query.after();
		if (after != null) {
			Date until = Date.from(after.until());
			conditions.add(Filters.or(Filters.gt(UNTIL, until),
					Filters.and(Filters.eq(UNTIL, until), Filters.gt(NAME, HoldFields.name(after.user().value())))));
		}
		return conditions;
	}

	private <T> Mono<T> ifEventExists(T page) {
		return Mono
			.from(this.collections.events()
				.find(EventDocument.existing(this.event))
				.projection(Projections.include(EventDocument.ID)))
			.map((found) -> page);
	}

}
