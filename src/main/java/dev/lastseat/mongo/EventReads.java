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
 * Reads pages of the list of events. A query asks for one item more than the page
 * contains: if it is found, there is another page.
 */
final class EventReads {

	/** Matches documents that a cursor can point to. */
	private static final Bson HAS_CURSOR = Filters.and(Filters.type(ID, BsonType.OBJECT_ID),
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
		return found.collectList().map((events) -> toPage(events, query.limit(), EventQuery.Cursor::of));
	}

	/**
	 * Reads the events whose document contains the user, then those with a sealed
	 * registration of the user. This order finds users that are sealed between the two
	 * reads.
	 */
	private Flux<Event> ofUser(EventQuery query, String user) {
		return Flux
			.concat(find(query, Filters.or(Filters.eq(REGISTRATION_IDS, user), Filters.eq(SEALING, user))),
					ofSealedUser(query, user))
			.distinct(Event::id)
			.sort(Comparator.comparing(Event::startsAt).thenComparing((event) -> event.id().value()));
	}

	/**
	 * Reads the registrations, the events, and the registrations again. The second time
	 * is necessary: a released registration may be marked, and leave the list in the
	 * event, before the event is read.
	 */
	private Flux<Event> ofSealedUser(EventQuery query, String user) {
		Mono<List<SealedRegistration>> registrations = new SealedRegistrations(this.collections).unreleased(user)
			.collectList()
			.filter((found) -> !found.isEmpty());
		return registrations.flatMap((found) -> find(query, withOneOf(found)).collectList())
			.filter((events) -> !events.isEmpty())
			.zipWhen((events) -> registrations)
			.flatMapIterable((both) -> both.getT1().stream().filter((event) -> hasOneOf(event, both.getT2())).toList());
	}

	private static boolean hasOneOf(Event event, List<SealedRegistration> registrations) {
		return registrations.stream()
			.anyMatch((registration) -> registration.event().toHexString().equals(event.id().value()));
	}

	/**
	 * Matches the events in which one of the registrations counts.
	 */
	private static Bson withOneOf(List<SealedRegistration> registrations) {
		Map<Document, List<ObjectId>> events = registrations.stream()
			.collect(Collectors.groupingBy(SealedRegistration::key,
					Collectors.mapping(SealedRegistration::event, Collectors.toList())));
		return Filters.or(events.entrySet()
			.stream()
			.map((sameKey) -> Filters.and(Filters.in(ID, sameKey.getValue()),
					Filters.gt(SEGMENT, sameKey.getKey().getInteger(SEGMENT)), Filters.ne(RELEASED, sameKey.getKey())))
			.toList());
	}

	/**
	 * @return the events of the page and the next one, in order
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
	 * Reads more documents in place of those that cannot be read.
	 */
	private Flux<Event> readable(EventQuery query, Bson condition, List<Document> found) {
		List<Event> events = found.stream().flatMap((document) -> this.readable.read(document).stream()).toList();
		int leftOut = found.size() - events.size();
		return (leftOut == 0 || found.size() <= query.limit()) ? Flux.fromIterable(events) : Flux.fromIterable(events)
			.concatWith(Flux.defer(() -> find(after(query, found, leftOut - 1), Filters.and(condition, HAS_CURSOR))));
	}

	/**
	 * The same query, continued after the documents that were found.
	 */
	private static EventQuery after(EventQuery query, List<Document> found, int limit) {
		EventQuery.Cursor cursor = found.stream()
			.filter(ReadableEvents::hasCursor)
			.reduce((first, second) -> second)
			.map((last) -> new EventQuery.Cursor(last.getDate(STARTS_AT).toInstant(),
					new EventId(last.getObjectId(ID).toHexString())))
			.orElse(query.after());
		return new EventQuery(query.from(), query.to(), query.registered(), cursor, limit);
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
	 * @param found the items of the page, and the next one if there is another page
	 * @param cursor gives the cursor of an item; called for the last one of the page
	 */
	static <T, C> Page<T, C> toPage(List<T> found, int limit, Function<T, C> cursor) {
		return (found.size() > limit) ? new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)))
				: new Page<>(found, null);
	}

	static <T> T last(List<T> items) {
		return items.get(items.size() - 1);
	}

}
