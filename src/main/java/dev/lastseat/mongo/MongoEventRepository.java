package dev.lastseat.mongo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
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
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides every change of an event by one {@code updateOne} that holds its own guards,
 * and reads only to say why a guard refused.
 */
final class MongoEventRepository implements EventRepository {

	/**
	 * Writes in a row that may match nothing although the read before each found no
	 * reason for it. Then the request fails as busy: any other answer would be a guess.
	 * While bookings and cancellations race for the last seat, an attempt may fail with a
	 * probability of one half; then 16 attempts fail once in 65,000 requests.
	 */
	static final int MAX_ATTEMPTS = 16;

	private final MongoCollections collections;

	private final MongoCollection<Document> eventsToWrite;

	private final SealedUserLookup holders;

	private final SegmentMaintenance maintenance;

	private final ReadableEvents readable;

	/**
	 * @param maintenance is told of what may leave something to be done
	 */
	MongoEventRepository(MongoCollections collections, SegmentMaintenance maintenance, StorageMonitor monitor) {
		this.collections = collections;
		this.eventsToWrite = collections.eventsToWrite();
		this.holders = new SealedUserLookup(this.collections, maintenance);
		this.maintenance = maintenance;
		this.readable = new ReadableEvents(monitor);
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
			.filter(draft::matches)
			.map((event) -> new EventCreation(EventCreation.Outcome.ALREADY_CREATED, event))
			.orElse(EventCreation.ID_TAKEN);
	}

	@Override
	public Mono<Event> find(EventId event) {
		return find(this.collections.forDisplay(), event);
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
	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		return StorageErrors.read(new EventReads(this.collections.forDisplay(), this.readable).page(query));
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
			this.maintenance.deleted(event);
		}
	}

	@Override
	public Flux<Decision> decide(EventId event, List<Request> requests) {
		return withId(event, RoundDecision.all(requests, RoundDecision::eventNotFound),
				(id) -> Flux.defer(() -> decide(id, requests)));
	}

	/**
	 * A cancellation that needs more than one write does not hold up bookings: it is
	 * decided beside them.
	 */
	private Flux<Decision> decide(ObjectId event, List<Request> requests) {
		Set<Request> apart = apart(event, requests);
		if (apart.isEmpty()) {
			return round(event).decide(requests);
		}
		List<Request> others = requests.stream().filter((request) -> !apart.contains(request)).toList();
		return Flux.mergeDelayError(1, round(event).decide(others), round(event).decide(List.copyOf(apart)))
			.onErrorMap(Exceptions::isMultiple, MongoEventRepository::worst);
	}

	/**
	 * Cancellations of registrations that are sealed, as far as is remembered; all of
	 * them after one was refused, since there can be any number of users without a seat.
	 * None where there is no booking.
	 */
	private Set<Request> apart(ObjectId event, List<Request> requests) {
		List<Request> cancellations = RoundDecision.cancellations(requests);
		if (cancellations.isEmpty() || cancellations.size() == requests.size()) {
			return Set.of();
		}
		SegmentMemory memory = this.maintenance.memory(event);
		if (memory.refusesCancellations()) {
			return new LinkedHashSet<>(cancellations);
		}
		if (memory.segment() == 0) {
			return Set.of();
		}
		List<String> names = RoundDecision.names(cancellations);
		Set<String> sealed = this.maintenance.sealedUsers()
			.possiblySealed(event, names, memory.segment())
			.orElseGet(() -> Set.copyOf(names));
		return cancellations.stream()
			.filter((request) -> sealed.contains(request.user().value()))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * All that have no decision are told of the same fault, so it must not say too much
	 * of any of them.
	 */
	private static Throwable worst(Throwable several) {
		List<Throwable> faults = Exceptions.unwrapMultiple(several);
		return faults.stream()
			.filter(StorageException.OutcomeUnknown.class::isInstance)
			.findFirst()
			.orElse(faults.get(0));
	}

	private RoundDecision round(ObjectId event) {
		return new RoundDecision(this.collections, this.eventsToWrite, this.maintenance, event, snapshots(event));
	}

	private EventSnapshots snapshots(ObjectId event) {
		return new EventSnapshots(this.collections, this.holders, event, this.maintenance.memory(event));
	}

	@Override
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return withId(event, Mono.empty(), (id) -> Mono.defer(() -> snapshots(id).read(List.of(user), false))
			.map((snapshot) -> snapshot.registered(user)));
	}

	@Override
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return withId(event, Mono.empty(), (id) -> StorageErrors.read(
				new AttendeeReads(this.collections.forDisplay(), id, this.maintenance.memory(id)).page(after, limit)));
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return withId(event, Mono.empty(), (id) -> StorageErrors
			.read(new AttendeeReads(this.collections, id, this.maintenance.memory(id)).ledger(MAX_ATTEMPTS)));
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
