package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.EventSnapshot.Question;
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
 * Makes every change of an event by one write of its document, whose filter contains the
 * guards. If the guards do not match, a read finds the reason.
 */
final class MongoEventRepository implements EventRepository {

	/**
	 * Maximum number of writes in a row that match nothing although the read before each
	 * found no reason for it. Then the request fails as busy: any other answer would be a
	 * guess. While bookings and cancellations race for the last seat, an attempt may fail
	 * with a probability of one half; then 16 attempts fail once in 65,000 requests.
	 */
	static final int MAX_ATTEMPTS = 16;

	private final MongoCollections collections;

	private final MongoCollection<Document> eventsToWrite;

	private final EventWrites writes;

	private final SealedUserLookup sealedUsers;

	private final SegmentMaintenance maintenance;

	private final ReadableEvents readable;

	private final Clock clock;

	private final SaleSettings settings;

	private final HoldExpiry expiry;

	private final HoldMemory.OfAllEvents holdMemories = new HoldMemory.OfAllEvents();

	/**
	 * @param maintenance is notified of writes that may need maintenance
	 * @param monitor is notified of documents that cannot be read
	 * @param clock for sale windows and holds
	 * @param settings limits of events, and whether they have a journal
	 */
	MongoEventRepository(MongoCollections collections, SegmentMaintenance maintenance, StorageMonitor monitor,
			Clock clock, SaleSettings settings) {
		this.collections = collections;
		this.eventsToWrite = collections.eventsToWrite();
		this.writes = new EventWrites(this.eventsToWrite, settings, clock);
		this.sealedUsers = new SealedUserLookup(collections, maintenance);
		this.maintenance = maintenance;
		this.readable = new ReadableEvents(monitor);
		this.clock = clock;
		this.settings = settings;
		this.expiry = new HoldExpiry(collections, clock, settings, maintenance, this::offer);
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		return new EventCreations(this.collections, this.readable).create(draft, createdAt);
	}

	@Override
	public Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt) {
		return Mono.defer(() -> new EventCreations(this.collections, this.readable).create(new ObjectId(event.value()),
				draft, createdAt, MAX_ATTEMPTS));
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
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors.read(Mono.defer(() -> Mono.from(collections.events()
				.find(EventDocument.existing(id))
				.projection(EventDocument.WITHOUT_REGISTRATIONS)))))
			.flatMap((found) -> Mono.justOrEmpty(this.readable.read(found)));
	}

	@Override
	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		return StorageErrors.read(new EventReads(this.collections.forDisplay(), this.readable).page(query));
	}

	@Override
	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return objectId(event).map((id) -> this.writes.change(id, change, condition)
			.decide(state(id), MAX_ATTEMPTS)
			.delayUntil((outcome) -> (outcome == ChangeOutcome.CHANGED && change.changes(EventChange.Field.CAPACITY))
					? offerNewSeats(id) : Mono.empty()))
			.orElse(Mono.just(ChangeOutcome.EVENT_NOT_FOUND));
	}

	/** The capacity was changed. A failure leaves the seats to the next sweep. */
	private Mono<Void> offerNewSeats(ObjectId event) {
		this.maintenance.written(event, 0, this.settings.journal() ? 1 : 0);
		return offer(event).onErrorComplete(StorageException.class).then();
	}

	/**
	 * Offers free seats to waiting users until none is free or no user waits.
	 * @return what was changed; empty if nothing was
	 */
	private Mono<Expiry> offer(ObjectId event) {
		return Mono.defer(() -> round(event).offer())
			.expand((before) -> round(event).offer())
			.reduce((all, next) -> all.plus(next.holds(), next.offers()));
	}

	@Override
	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return objectId(event)
			.map((id) -> this.writes.deletion(id, withRegistrations, condition)
				.decide(state(id), MAX_ATTEMPTS)
				.doOnNext((outcome) -> notifyMaintenance(id, outcome)))
			.orElse(Mono.just(DeletionOutcome.EVENT_NOT_FOUND));
	}

	private Mono<EventState> state(ObjectId event) {
		return StorageErrors
			.read(Mono.defer(() -> Mono
				.from(this.collections.events().find(EventDocument.existing(event)).projection(EventState.PROJECTION))))
			.flatMap((found) -> Mono.justOrEmpty(this.readable.read(found))
				.map((readable) -> EventState.of(readable, found, this.clock.instant())));
	}

	private void notifyMaintenance(ObjectId event, DeletionOutcome outcome) {
		if (outcome == DeletionOutcome.DELETED) {
			this.maintenance.deleted(event);
		}
	}

	@Override
	public Flux<Decision> decide(EventId event, List<Request> requests) {
		return objectId(event).map((id) -> Flux.defer(() -> decide(id, requests)))
			.orElseGet(() -> RoundDecision.all(requests, RoundDecision::eventNotFound));
	}

	/**
	 * Decides cancellations that may need more than one write separately from the
	 * bookings, so that no booking waits for them.
	 */
	private Flux<Decision> decide(ObjectId event, List<Request> requests) {
		Set<Request> separate = separateCancellations(event, requests);
		if (separate.isEmpty()) {
			return round(event).decide(requests);
		}
		List<Request> others = requests.stream().filter((request) -> !separate.contains(request)).toList();
		return Flux.mergeDelayError(1, round(event).decide(others), round(event).decide(List.copyOf(separate)))
			.onErrorMap(Exceptions::isMultiple, MongoEventRepository::leastCertain);
	}

	/**
	 * None if the batch has no bookings. All cancellations if the last round refused one:
	 * one user without a registration makes the write for all fail. Otherwise the
	 * cancellations by users that may have a sealed registration, judged without a read.
	 */
	private Set<Request> separateCancellations(ObjectId event, List<Request> requests) {
		List<Request> cancellations = requests.stream().filter(Request.Cancellation.class::isInstance).toList();
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
		Set<String> possiblySealed = this.sealedUsers.possiblySealedFromMemory(event,
				Question.of(cancellations).userIds(), memory.segment());
		return cancellations.stream()
			.filter((request) -> possiblySealed.contains(request.users().get(0).value()))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * All requests without a decision get the same error: "outcome unknown" if that is
	 * true for one of them.
	 */
	private static Throwable leastCertain(Throwable multiple) {
		List<Throwable> faults = Exceptions.unwrapMultiple(multiple);
		return faults.stream()
			.filter(StorageException.OutcomeUnknown.class::isInstance)
			.findFirst()
			.orElse(faults.get(0));
	}

	private RoundDecision round(ObjectId event) {
		HoldMemory holds = this.holdMemories.of(event);
		return new RoundDecision(this.collections, this.eventsToWrite, this.maintenance, event, snapshots(event, holds),
				holds, this.clock, this.settings);
	}

	private EventSnapshots snapshots(ObjectId event, HoldMemory holds) {
		return new EventSnapshots(this.collections, this.sealedUsers, event, this.maintenance.memory(event), holds,
				this.clock);
	}

	@Override
	public Mono<Set<UserId>> registered(EventId event, Set<UserId> users) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> snapshots(id, this.holdMemories.of(id)).read(Question.of(users)))
			.map((snapshot) -> users.stream().filter(snapshot::registered).collect(Collectors.toSet()));
	}

	@Override
	public Mono<Map<UserId, Hold>> holds(EventId event, Set<UserId> users) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors
				.read(Mono.defer(() -> new HoldReads(this.collections, id, this.clock.instant()).ofUsers(users))));
	}

	@Override
	public Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors.read(Mono
				.defer(() -> new HoldReads(this.collections.forDisplay(), id, this.clock.instant()).page(query))));
	}

	@Override
	public Mono<Map<UserId, Standing>> standings(EventId event, Set<UserId> users) {
		return standings(this.collections, event, users).map(DisplayedStandings::byUser);
	}

	@Override
	public Mono<DisplayedStandings> displayedStandings(EventId event, Set<UserId> users) {
		return standings(this.collections.forDisplay(), event, users);
	}

	private Mono<DisplayedStandings> standings(MongoCollections collections, EventId event, Set<UserId> users) {
		return Mono.justOrEmpty(objectId(event)).flatMap((id) -> standings(collections, id).ofUsers(users));
	}

	private StandingReads standings(MongoCollections collections, ObjectId event) {
		return new StandingReads(collections, new SealedUserLookup(collections, this.maintenance), event,
				this.maintenance.memory(event), this.clock.instant());
	}

	@Override
	public Mono<Page<UserId, Integer>> waitingList(EventId event, int after, int limit) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> standings(this.collections.forDisplay(), id).waitingList(after, limit));
	}

	@Override
	public Mono<Page<JournalEntry, Long>> journal(EventId event, long after, int limit) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors
				.read(Mono.defer(() -> new JournalReads(this.collections, id).page(after, limit))));
	}

	@Override
	public Flux<Expiry> removeExpiredHolds() {
		return this.expiry.removeAll();
	}

	@Override
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors
				.read(new AttendeeReads(this.collections.forDisplay(), id, this.maintenance.memory(id)).page(after,
						limit)));
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return Mono.justOrEmpty(objectId(event))
			.flatMap((id) -> StorageErrors.read(new LedgerRead(this.collections, id).ledger(MAX_ATTEMPTS)));
	}

	/**
	 * @return empty if the id is no ObjectId: then no event has it
	 */
	private static Optional<ObjectId> objectId(EventId event) {
		return ObjectId.isValid(event.value()) ? Optional.of(new ObjectId(event.value())) : Optional.empty();
	}

}
