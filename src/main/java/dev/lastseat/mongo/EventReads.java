package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.DELETED_AT;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;
import static dev.lastseat.mongo.EventDocument.STARTS_AT;

/**
 * Reads pages. One more item than a page holds is asked for, to know whether there is
 * another page.
 */
final class EventReads {

	/** What a place in the order of events takes. */
	private static final Bson HAS_PLACE = Filters.and(Filters.type(ID, BsonType.OBJECT_ID),
			Filters.type(STARTS_AT, BsonType.DATE_TIME));

	private final MongoCollections collections;

	private final ReadableEvents readable;

	EventReads(MongoCollections collections, ReadableEvents readable) {
		this.collections = collections;
		this.readable = readable;
	}

	Mono<Page<Event, EventQuery.Cursor>> page(EventQuery query) {
		UserId user = query.registered();
		Flux<Event> found = (user != null) ? ofUser(query, user.value()) : find(query, Filters.empty());
		return found.collectList()
			.map((events) -> cut(events, query.limit(), (items) -> EventQuery.Cursor.of(last(items))));
	}

	/**
	 * In this order, so that nobody is missed who is sealed meanwhile: first the events
	 * that hold the user themselves, then those that have sealed them.
	 */
	private Flux<Event> ofUser(EventQuery query, String user) {
		return Flux
			.concat(find(query, Filters.or(Filters.eq(REGISTRATION_IDS, user), Filters.eq(SEALING, user))),
					sealed(query, user))
			.distinct(Event::id)
			.sort(Comparator.comparing(Event::startsAt).thenComparing((event) -> event.id().value()));
	}

	/**
	 * The entries are read once more in the end: one that was given back may have been
	 * marked, and left the event's list, before the event was read.
	 */
	private Flux<Event> sealed(EventQuery query, String user) {
		Mono<List<SealedRegistration>> entries = new SealedRegistrations(this.collections).ofUser(user)
			.collectList()
			.filter((found) -> !found.isEmpty());
		return entries.flatMap((found) -> find(query, sealedIn(found)).collectList())
			.filter((events) -> !events.isEmpty())
			.zipWhen((events) -> entries)
			.flatMapIterable((both) -> both.getT1().stream().filter((event) -> isOfOne(event, both.getT2())).toList());
	}

	private static boolean isOfOne(Event event, List<SealedRegistration> entries) {
		return entries.stream().anyMatch((entry) -> entry.event().toHexString().equals(event.id().value()));
	}

	/**
	 * The events in which one of the entries counts.
	 */
	private static Bson sealedIn(List<SealedRegistration> entries) {
		Map<Document, List<ObjectId>> events = entries.stream()
			.collect(Collectors.groupingBy(SealedRegistration::key,
					Collectors.mapping(SealedRegistration::event, Collectors.toList())));
		return Filters.or(events.entrySet()
			.stream()
			.map((same) -> Filters.and(Filters.in(ID, same.getValue()),
					Filters.gt(SEGMENT, same.getKey().getInteger(SEGMENT)), Filters.ne(RELEASED, same.getKey())))
			.toList());
	}

	/**
	 * @return one more than the page holds, if there are as many
	 */
	private Flux<Event> find(EventQuery query, Bson condition) {
		return Flux
			.from(this.collections.events()
				.find(filter(query, condition))
				.projection(EventDocument.WITHOUT_REGISTRATIONS)
				.sort(Sorts.ascending(STARTS_AT, ID))
				.limit(query.limit() + 1))
			.collectList()
			.flatMapMany((found) -> readable(query, condition, found));
	}

	/**
	 * In place of documents that cannot be read it reads on.
	 */
	private Flux<Event> readable(EventQuery query, Bson condition, List<Document> found) {
		List<Event> events = found.stream().flatMap((document) -> this.readable.read(document).stream()).toList();
		int leftOut = found.size() - events.size();
		Flux<Event> these = Flux.fromIterable(events);
		return (leftOut == 0 || found.size() <= query.limit()) ? these : these
			.concatWith(Flux.defer(() -> find(behind(query, found, leftOut - 1), Filters.and(condition, HAS_PLACE))));
	}

	private static EventQuery behind(EventQuery query, List<Document> found, int limit) {
		EventQuery.Cursor place = found.stream()
			.filter(ReadableEvents::hasPlace)
			.reduce((first, second) -> second)
			.map((last) -> new EventQuery.Cursor(last.getDate(STARTS_AT).toInstant(),
					new EventId(last.getObjectId(ID).toHexString())))
			.orElse(query.after());
		return new EventQuery(query.from(), query.to(), query.registered(), place, limit);
	}

	private static Bson filter(EventQuery query, Bson condition) {
		List<Bson> conditions = new ArrayList<>(List.of(condition, Filters.eq(DELETED_AT, null)));
		if (query.from() != null) {
			conditions.add(Filters.gte(STARTS_AT, Date.from(query.from())));
		}
		if (query.to() != null) {
			conditions.add(Filters.lt(STARTS_AT, Date.from(query.to())));
		}
		if (query.after() != null) {
			Date startsAt = Date.from(query.after().startsAt());
			conditions.add(Filters.or(Filters.gt(STARTS_AT, startsAt), Filters.and(Filters.eq(STARTS_AT, startsAt),
					Filters.gt(ID, new ObjectId(query.after().event().value())))));
		}
		return Filters.and(conditions);
	}

	/**
	 * Leaves out what was asked for beyond the page, and names the place where the page
	 * ends if there was such a thing.
	 */
	static <T, P> Page<T, P> cut(List<T> found, int limit, Function<List<T>, P> end) {
		return (found.size() > limit) ? new Page<>(found.subList(0, limit), end.apply(found.subList(0, limit)))
				: new Page<>(found, null);
	}

	static <T> T last(List<T> items) {
		return items.get(items.size() - 1);
	}

}
