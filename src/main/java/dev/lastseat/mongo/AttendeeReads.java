package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALED_COUNT;
import static dev.lastseat.mongo.EventDocument.SEGMENT;
import static dev.lastseat.mongo.EventDocument.USERS_IN_DOCUMENT;

/**
 * Reads pages of the registered users of an event in the order of booking: first those of
 * sealed segments, then those that are being sealed, then those of the open segment.
 * <p>
 * A position counts all sealed registrations, also released ones. So positions do not
 * change when registrations are sealed or when sealed ones are released.
 * <p>
 * The event is read before the sealed registrations of the page, and decides which of
 * them count. Users that are sealed after that are still in the document that was read.
 */
final class AttendeeReads {

	private static final String COUNTED = "counted";

	private static final String REST = "rest";

	private final MongoCollections collections;

	private final SealedRegistrations sealedRegistrations;

	private final ObjectId event;

	private final SegmentMemory memory;

	AttendeeReads(MongoCollections collections, ObjectId event, SegmentMemory memory) {
		this.collections = collections;
		this.sealedRegistrations = new SealedRegistrations(collections);
		this.event = event;
		this.memory = memory;
	}

	/**
	 * @param position number of registrations up to and including this one, 1 or more
	 */
	private record Attendee(UserId user, int position) {
	}

	/**
	 * @param after the cursor of the previous page; null for the first page
	 * @return the page; empty if the event does not exist
	 */
	Mono<Page<UserId, RegistrationCursor>> page(@Nullable RegistrationCursor after, int limit) {
		return Mono.defer(() -> page(this.memory.segment(), after, limit));
	}

	/**
	 * @param segment the number of the open segment that this process remembers. If the
	 * event has another one, the page is read again
	 */
	private Mono<Page<UserId, RegistrationCursor>> page(int segment, @Nullable RegistrationCursor after, int limit) {
		return sealedPosition(after, segment).flatMap((position) -> read(after, position, limit))
			.flatMap((found) -> (EventDocument.count(found, SEGMENT) == segment)
					? attendees(found, limit).collectList().map((attendees) -> toPage(attendees, limit))
					: page(EventDocument.count(found, SEGMENT), after, limit));
	}

	/**
	 * The highest position, up to that of the cursor, at which the user of the cursor is
	 * or was registered in a sealed segment. A user that cancels and books again is
	 * sealed several times. 0 if there is none. Registrations at or above
	 * {@code belowSegment} are still in the event document.
	 */
	private Mono<Integer> sealedPosition(@Nullable RegistrationCursor after, int belowSegment) {
		return (after == null || belowSegment == 0) ? Mono.just(0)
				: this.sealedRegistrations.ofUsers(this.event, List.of(after.user().value()))
					.filter((registration) -> registration.segment() < belowSegment
							&& registration.ordinal() < after.position())
					.map((registration) -> registration.ordinal() + 1)
					.reduce(0, Math::max);
	}

	/**
	 * The server selects the part of the page that is not sealed: it finds the user of
	 * the cursor and continues after that user. If the user is not registered any more,
	 * the positions of all users after it are lower by one.
	 */
	private Mono<Document> read(@Nullable RegistrationCursor after, int sealedPosition, int limit) {
		Document sealed = new Document("$ifNull", List.of("$" + SEALED_COUNT, 0));
		Object counted = (after != null) ? countedUpTo(after, sealedPosition, sealed) : new Document("$literal", 0);
		Document skipped = new Document("$max", List.of(0, new Document("$subtract", List.of("$" + COUNTED, sealed))));
		List<Bson> pipeline = List.of(Aggregates.match(EventDocument.existing(this.event)),
				Aggregates.project(Projections.fields(Projections.include(SEGMENT, SEALED_COUNT, RELEASED),
						Projections.computed(COUNTED, counted), Projections.computed(REST, USERS_IN_DOCUMENT))),
				Aggregates.project(Projections.fields(Projections.include(SEGMENT, SEALED_COUNT, RELEASED, COUNTED),
						Projections.computed(REST, new Document("$slice", List.of("$" + REST, skipped, limit + 1))))));
		return Mono.from(this.collections.events().aggregate(pipeline));
	}

	/**
	 * Expression: the position after which the page begins.
	 */
	private static Document countedUpTo(RegistrationCursor after, int sealedPosition, Document sealed) {
		Document index = new Document("$indexOfArray",
				List.of(USERS_IN_DOCUMENT, new Document("$literal", after.user().value())));
		Document position = new Document("$add", List.of(sealed, index, 1));
		int otherwise = (sealedPosition > 0) ? sealedPosition : after.position() - 1;
		return new Document(
				"$cond", List.of(
						new Document("$and",
								List.of(new Document("$gte", List.of(index, 0)),
										new Document("$lte", List.of(position, after.position())))),
						position, otherwise));
	}

	private Flux<Attendee> attendees(Document found, int limit) {
		int counted = EventDocument.count(found, COUNTED);
		int sealed = EventDocument.count(found, SEALED_COUNT);
		List<String> rest = EventDocument.list(found, REST, String.class);
		int first = Math.max(counted, sealed) + 1;
		Flux<Attendee> notSealed = Flux.range(0, rest.size())
			.map((index) -> new Attendee(new UserId(rest.get(index)), first + index));
		return (counted < sealed) ? sealed(found, counted, sealed, limit + 1).concatWith(notSealed).take(limit + 1)
				: notSealed;
	}

	/**
	 * Reads more registrations in place of released ones.
	 * @param wanted maximum number of attendees to return
	 */
	private Flux<Attendee> sealed(Document found, int from, int to, int wanted) {
		Set<Document> released = Set.copyOf(EventDocument.list(found, RELEASED, Document.class));
		return this.sealedRegistrations.inOrder(this.event, from, to, wanted).collectList().flatMapMany((read) -> {
			List<Attendee> attendees = read.stream()
				.filter((registration) -> !released.contains(registration.key()))
				.map((registration) -> new Attendee(new UserId(registration.user()), registration.ordinal() + 1))
				.toList();
			boolean enough = read.size() < wanted || attendees.size() == wanted;
			return enough ? Flux.fromIterable(attendees) : Flux.fromIterable(attendees)
				.concatWith(Flux
					.defer(() -> sealed(found, EventReads.last(read).ordinal() + 1, to, wanted - attendees.size())));
		});
	}

	private static Page<UserId, RegistrationCursor> toPage(List<Attendee> attendees, int limit) {
		Page<Attendee, RegistrationCursor> page = EventReads.toPage(attendees, limit,
				(last) -> new RegistrationCursor(last.position(), last.user()));
		return new Page<>(page.items().stream().map(Attendee::user).toList(), page.next());
	}

}
