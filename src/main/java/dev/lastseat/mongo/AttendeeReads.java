package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.Ledger;
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

import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.USERS_IN_DOCUMENT;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.SEALED_COUNT;
import static dev.lastseat.mongo.EventDocument.SEGMENT;

/**
 * Reads who is registered for an event, in the order of booking: those on sealed pages,
 * those on their way there, and those on the open page. Positions count everybody who was
 * ever sealed, and so stay what they are when others are sealed or sealed ones leave.
 * <p>
 * The event is read first and says which entries count; those who are sealed after that
 * are still in what was read of it.
 */
final class AttendeeReads {

	private static final String COUNTED = "counted";

	private static final String REST = "rest";

	private final MongoCollections collections;

	private final SealedRegistrations entries;

	private final ObjectId event;

	private final SegmentMemory memory;

	AttendeeReads(MongoCollections collections, ObjectId event, SegmentMemory memory) {
		this.collections = collections;
		this.entries = new SealedRegistrations(collections);
		this.event = event;
		this.memory = memory;
	}

	/** Somebody, and how many come up to them. */
	private record Seat(UserId user, int position) {
	}

	/**
	 * @param after where to go on; null for the first page
	 * @return the page; empty when there is no such event
	 */
	Mono<Page<UserId, RegistrationCursor>> page(@Nullable RegistrationCursor after, int limit) {
		return Mono.defer(() -> page(this.memory.segment(), after, limit));
	}

	/**
	 * @param segment the number of the open one, as far as it is known; where it is
	 * wrong, the read says so
	 */
	private Mono<Page<UserId, RegistrationCursor>> page(int segment, @Nullable RegistrationCursor after, int limit) {
		return sealedPosition(after, segment).flatMap((position) -> read(after, position, limit))
			.flatMap((found) -> (EventDocument.count(found, SEGMENT) == segment)
					? seats(found, limit).collectList().map((seats) -> toPage(seats, limit))
					: page(EventDocument.count(found, SEGMENT), after, limit));
	}

	/**
	 * Where the user of a place is, or was, on a sealed page: the last time up to that
	 * place, should they have come and gone. 0 when they were on none.
	 */
	private Mono<Integer> sealedPosition(@Nullable RegistrationCursor after, int belowSegment) {
		return (after == null || belowSegment == 0) ? Mono.just(0)
				: this.entries.ofUsers(this.event, List.of(after.user().value()))
					.filter((entry) -> entry.segment() < belowSegment && entry.ordinal() < after.position())
					.map((entry) -> entry.ordinal() + 1)
					.reduce(0, Math::max);
	}

	/**
	 * The server cuts the page out of those who are not sealed: it finds the user where
	 * the last page ended and goes on behind them. Who has gone is taken to have been the
	 * last of those counted, which moves the rest up by one.
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

	private Flux<Seat> seats(Document found, int limit) {
		int counted = EventDocument.count(found, COUNTED);
		int sealed = EventDocument.count(found, SEALED_COUNT);
		List<String> rest = EventDocument.list(found, REST, String.class);
		int first = Math.max(counted, sealed) + 1;
		Flux<Seat> notSealed = Flux.range(0, rest.size())
			.map((index) -> new Seat(new UserId(rest.get(index)), first + index));
		return (counted < sealed) ? sealed(found, counted, sealed, limit + 1).concatWith(notSealed).take(limit + 1)
				: notSealed;
	}

	/**
	 * @param wanted how many; where entries turn out to be given back, it is read on
	 */
	private Flux<Seat> sealed(Document found, int from, int to, int wanted) {
		Set<Document> released = released(found);
		return this.entries.inOrder(this.event, from, to, wanted).collectList().flatMapMany((read) -> {
			List<Seat> seats = read.stream()
				.filter((entry) -> !released.contains(entry.key()))
				.map((entry) -> new Seat(new UserId(entry.user()), entry.ordinal() + 1))
				.toList();
			Flux<Seat> these = Flux.fromIterable(seats);
			boolean enough = read.size() < wanted || seats.size() == wanted;
			return enough ? these : these.concatWith(
					Flux.defer(() -> sealed(found, EventReads.last(read).ordinal() + 1, to, wanted - seats.size())));
		});
	}

	private static Set<Document> released(Document found) {
		return Set.copyOf(EventDocument.list(found, RELEASED, Document.class));
	}

	private static Page<UserId, RegistrationCursor> toPage(List<Seat> seats, int limit) {
		Page<Seat, RegistrationCursor> page = EventReads.cut(seats, limit, (items) -> {
			Seat last = EventReads.last(items);
			return new RegistrationCursor(last.position(), last.user());
		});
		return new Page<>(page.items().stream().map(Seat::user).toList(), page.next());
	}

	/**
	 * Reads everybody. Entries may be marked between the two reads, so it is read anew
	 * when somebody has left meanwhile.
	 * @param attempts how often it is read at most, 1 or more
	 * @return the ledger; empty when there is no such event
	 */
	Mono<Ledger> ledger(int attempts) {
		return Mono.from(this.collections.events().find(EventDocument.existing(this.event)))
			.flatMap((found) -> (EventDocument.count(found, SEALED_COUNT) == 0)
					? Mono.just(EventDocument.toLedger(found, List.of())) : ledger(found, attempts));
	}

	private Mono<Ledger> ledger(Document found, int attempts) {
		Set<Document> released = released(found);
		return this.entries.inOrder(this.event, 0, EventDocument.count(found, SEALED_COUNT), 0)
			.filter((entry) -> !released.contains(entry.key()))
			.map(SealedRegistration::user)
			.collectList()
			.flatMap((sealed) -> stoodStill(found).flatMap((still) -> (still || attempts == 1)
					? Mono.just(EventDocument.toLedger(found, sealed)) : ledger(attempts - 1)));
	}

	private Mono<Boolean> stoodStill(Document found) {
		return Mono
			.from(this.collections.events()
				.find(Filters.and(Filters.eq(ID, this.event), Filters.eq(REVISION, found.get(REVISION))))
				.projection(Projections.include(REVISION)))
			.hasElement();
	}

}
