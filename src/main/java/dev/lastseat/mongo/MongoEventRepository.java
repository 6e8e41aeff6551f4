package dev.lastseat.mongo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expectation;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationPlace;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides every change of an event by one {@code updateOne} that holds its own guards,
 * and reads only to say why a guard refused.
 */
final class MongoEventRepository implements EventRepository {

	/**
	 * How often a write is sent while the state keeps moving between the write and the
	 * read that should explain it. In a storm of bookings and cancellations that can be a
	 * coin toss each time; with this many it fails once in 65,000.
	 */
	static final int MAX_ATTEMPTS = 16;

	private final MongoCollections collections;

	private final SealedHolders holders;

	private final Housekeeping housekeeping;

	private final ReadableEvents readable;

	/**
	 * @param housekeeping is told of what may leave something to be done
	 */
	MongoEventRepository(MongoCollections collections, Housekeeping housekeeping) {
		this.collections = collections;
		this.holders = new SealedHolders(this.collections, housekeeping);
		this.housekeeping = housekeeping;
		this.readable = new ReadableEvents(housekeeping.monitor());
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		return Mono.defer(() -> {
			Document document = EventDocument.of(new ObjectId(), draft, createdAt.truncatedTo(ChronoUnit.MILLIS));
			return StorageErrors.write(Mono.from(this.collections.events().insertOne(document))).thenReturn(document);
		}).map(EventDocument::toEvent);
	}

	@Override
	public Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt) {
		return Mono.defer(() -> create(new ObjectId(event.value()), draft, createdAt, MAX_ATTEMPTS));
	}

	private Mono<EventCreation> create(ObjectId id, EventDraft draft, Instant createdAt, int attempts) {
		Document document = EventDocument.of(id, draft, createdAt.truncatedTo(ChronoUnit.MILLIS));
		return StorageErrors.write(Mono.from(this.collections.events().insertOne(document)))
			.map((stored) -> new EventCreation(EventCreation.Outcome.CREATED, EventDocument.toEvent(document)))
			.onErrorResume(StorageErrors::isDuplicateKey,
					(taken) -> existing(id, draft)
						.switchIfEmpty((attempts > 1) ? Mono.defer(() -> create(id, draft, createdAt, attempts - 1))
								: Mono.error(StorageException.Busy::new)));
	}

	/**
	 * @return empty when the event was deleted meanwhile
	 */
	private Mono<EventCreation> existing(ObjectId id, EventDraft draft) {
		return StorageErrors.read(Mono.from(this.collections.events()
			.find(Filters.eq(EventDocument.ID, id))
			.projection(EventDocument.WITHOUT_REGISTRATIONS))).map((found) -> compare(found, draft));
	}

	private EventCreation compare(Document found, EventDraft draft) {
		if (found.containsKey(EventDocument.DELETED_AT)) {
			return EventCreation.ID_TAKEN;
		}
		return this.readable.read(found)
			.filter(draft::describes)
			.map((event) -> new EventCreation(EventCreation.Outcome.ALREADY_CREATED, event))
			.orElse(EventCreation.ID_TAKEN);
	}

	@Override
	public Mono<Event> find(EventId event) {
		return find(this.collections.shown(), event);
	}

	@Override
	public Mono<Event> findLatest(EventId event) {
		return find(this.collections, event);
	}

	private Mono<Event> find(MongoCollections collections, EventId event) {
		return withId(event, Mono.empty(), (id) -> StorageErrors.read(Mono.defer(() -> Mono.from(
				collections.events().find(EventDocument.existing(id)).projection(EventDocument.WITHOUT_REGISTRATIONS))))
			.flatMap((found) -> Mono.justOrEmpty(this.readable.read(found))));
	}

	@Override
	public Mono<Page<Event, EventQuery.Place>> list(EventQuery query) {
		return StorageErrors.read(new EventReads(this.collections.shown(), this.readable).page(query));
	}

	@Override
	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return withId(event, Mono.just(ChangeOutcome.EVENT_NOT_FOUND),
				(id) -> decide(EventWrites.change(id, change, condition), findLatest(event)));
	}

	@Override
	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return withId(event, Mono.just(DeletionOutcome.EVENT_NOT_FOUND),
				(id) -> decide(EventWrites.deletion(id, withRegistrations, condition, Instant.now()), findLatest(event))
					.doOnNext((outcome) -> deleteEntries(id, outcome)));
	}

	private void deleteEntries(ObjectId event, DeletionOutcome outcome) {
		if (outcome == DeletionOutcome.DELETED) {
			this.housekeeping.deleted(event);
		}
	}

	@Override
	public Flux<Decision> book(EventId event, List<UserId> users, Expectation expectation) {
		return withId(event, Admission.all(users, BookingOutcome.EVENT_NOT_FOUND),
				(id) -> Flux.defer(() -> admission(id).decide(users, expectation)));
	}

	private Admission admission(ObjectId event) {
		PagedAdmission paged = paged(event);
		return new Admission((users) -> paged.write(users).doOnNext((matched) -> {
			if (matched == 1) {
				this.housekeeping.booked(event, users.size());
			}
		}), paged::look, MAX_ATTEMPTS);
	}

	private PagedAdmission paged(ObjectId event) {
		return new PagedAdmission(this.collections, this.holders, event, this.housekeeping.memory(event));
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return withId(event, Mono.just(ReleaseOutcome.EVENT_NOT_FOUND),
				(id) -> new Release(this.collections, this.housekeeping, id, user).decide(MAX_ATTEMPTS));
	}

	@Override
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return withId(event, Mono.empty(),
				(id) -> Mono.defer(() -> paged(id).look(List.of(user))).map((standing) -> standing.registered(user)));
	}

	@Override
	public Mono<Page<UserId, RegistrationPlace>> registrations(EventId event, @Nullable RegistrationPlace after,
			int limit) {
		return withId(event, Mono.empty(), (id) -> StorageErrors
			.read(new Attendees(this.collections.shown(), id, this.housekeeping.memory(id)).page(after, limit)));
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return withId(event, Mono.empty(), (id) -> StorageErrors
			.read(new Attendees(this.collections, id, this.housekeeping.memory(id)).ledger(MAX_ATTEMPTS)));
	}

	private <S, T> Mono<T> decide(GuardedWrite<S, T> write, Mono<S> look) {
		return write.decide(this.collections.events(), look, MAX_ATTEMPTS);
	}

	/**
	 * An id that is no ObjectId was never given out, so it names no event.
	 */
	private static <P> P withId(EventId event, P unknownEvent, Function<ObjectId, P> known) {
		return ObjectId.isValid(event.value()) ? known.apply(new ObjectId(event.value())) : unknownEvent;
	}

}
