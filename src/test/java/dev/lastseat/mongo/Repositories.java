package dev.lastseat.mongo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.ReadConcerns.Topology;
import dev.lastseat.mongo.segments.SegmentAccess;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates the repository, and variants of it with one deliberate bug each, for tests of
 * other packages. A variant reports faults like the correct repository. So it differs in
 * its bug only.
 */
public final class Repositories {

	private static final ReadConcerns SEVERAL_MEMBERS = new ReadConcerns(() -> Topology.SEVERAL_MEMBERS);

	private Repositories() {
	}

	public static EventRepository guarded(MongoDatabase database) {
		return of(database, SegmentSize.DEFAULT);
	}

	public static EventRepository guarded(MongoDatabase database, SegmentSize size) {
		return of(database, size);
	}

	/** The repository of a process with this clock. */
	public static EventRepository guarded(MongoDatabase database, SegmentSize size, Clock clock) {
		return of(MongoCollections.of(database, ReadConcerns.LOCAL), size, clock, SaleSettings.DEFAULT);
	}

	/** The repository on a replica set of several members. */
	public static EventRepository onReplicaSet(MongoDatabase database, SegmentSize size, Clock clock) {
		return of(MongoCollections.of(database, SEVERAL_MEMBERS), size, clock, SaleSettings.DEFAULT);
	}

	/** Does all maintenance that the event needs, on a replica set. */
	public static Mono<Void> maintain(MongoDatabase database, SegmentSize size, EventId event) {
		return SegmentAccess.maintain(MongoCollections.of(database, SEVERAL_MEMBERS), size,
				new ObjectId(event.value()));
	}

	/** The repository on a server with one copy of the data. */
	static MongoEventRepository of(MongoDatabase database, SegmentSize size) {
		return of(MongoCollections.of(database, ReadConcerns.LOCAL), size);
	}

	static MongoEventRepository of(MongoCollections collections, SegmentSize size) {
		return of(collections, size, Clock.systemUTC(), SaleSettings.DEFAULT);
	}

	/** The repository of a process with this clock. */
	static MongoEventRepository of(MongoCollections collections, SegmentSize size, Clock clock, SaleSettings settings) {
		return new MongoEventRepository(collections, new SegmentMaintenance(collections, size), StorageMonitor.NONE,
				clock, settings);
	}

	/** Bug: reads and checks the event first, and then writes without a guard. */
	public static EventRepository bookingWithoutGuard(MongoDatabase database) {
		return instead(database, Request.Booking.class, new UnguardedRepository(database)::book);
	}

	/** Bug: answers sold out whenever the write does not match. */
	public static EventRepository guessingSoldOut(MongoDatabase database) {
		return instead(database, Request.Booking.class,
				new GuessingRepository(database, GuessingRepository.ALWAYS_SOLD_OUT)::book);
	}

	/**
	 * Bug: answers sold out whenever the write does not match and the user is not
	 * registered.
	 */
	public static EventRepository guessingSoldOutUnlessRegistered(MongoDatabase database) {
		return instead(database, Request.Booking.class,
				new GuessingRepository(database, GuessingRepository.SOLD_OUT_UNLESS_REGISTERED)::book);
	}

	/**
	 * Bug: when the answer of a booking is lost, books again and returns that outcome.
	 */
	public static EventRepository retryingUnknownBookings(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, Request.Booking.class, (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> guarded.book(event, user)));
	}

	/** Bug: when the answer of a booking is lost, waits for it forever. */
	public static EventRepository waitingForLostAnswers(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, Request.Booking.class, (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> Mono.never()));
	}

	/** Bug: books a batch even if one of its users is registered. */
	public static EventRepository bookingBatchesWithoutGuard(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITHOUT_GUARD_OF_USERS.over(database));
	}

	/** Bug: books a batch if one seat is free. */
	public static EventRepository bookingBatchesWithGuardOfOneSeat(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITH_GUARD_OF_ONE_SEAT.over(database));
	}

	/** Bug: checks no hold when it makes, confirms or ends one. */
	static EventRepository holdingWithoutGuards(MongoDatabase database) {
		return guarded(BrokenCommands.WITHOUT_HOLD_GUARDS.over(database));
	}

	/**
	 * Bug: confirms and ends holds that it remembers without a check, on a replica set of
	 * several members.
	 */
	public static EventRepository trustingRememberedHolds(MongoDatabase database, SegmentSize size, Clock clock) {
		return onReplicaSet(BrokenCommands.WITHOUT_GUARD_OF_HOLD.over(database), size, clock);
	}

	/** Bug: releases a seat for each user of a batch, registered or not. */
	public static EventRepository releasingBatchesWithoutGuard(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITHOUT_GUARD_OF_CANCELLATIONS.over(database));
	}

	/**
	 * Bug: reads whether the user is registered first, and then releases without a guard.
	 */
	public static EventRepository releasingWithoutGuard(MongoDatabase database) {
		return instead(database, Request.Cancellation.class, new UnguardedRepository(database)::release);
	}

	/** Bug: books in a segment that may be sealed. */
	public static EventRepository bookingWithoutSegmentGuard(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_SEGMENT_GUARD.over(database), size);
	}

	/** Bug: books a user whose registration is being sealed. */
	public static EventRepository bookingWithoutSealingGuard(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_SEALING_GUARD.over(database), size);
	}

	/** Bug: releases a sealed registration that may have been released and cleaned up. */
	public static EventRepository releasingWithoutCleanupsGuard(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_CLEANUPS_GUARD.over(database), size);
	}

	/** Bug: loads none of the users that other processes sealed into the filters. */
	public static EventRepository loadingEmptyFilters(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.LOADING_EMPTY_FILTERS.over(database), size);
	}

	/** Bug: an expired hold blocks its seat until a sweep removes it. */
	public static EventRepository ignoringExpiredHolds(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.WITHOUT_EXPIRED_HOLDS.over(database), size, clock);
	}

	/** Bug: a confirmation takes a second seat. */
	public static EventRepository confirmingWithSecondSeat(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.CONFIRMATION_KEEPS_HOLD.over(database), size, clock);
	}

	/** Bug: ends a hold that was expired when it was read, whatever it is now. */
	public static EventRepository endingRenewedHolds(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.WITHOUT_GUARD_OF_HOLD_END.over(database), size, clock);
	}

	/** Bug: the write does not check that the sale is open. */
	public static EventRepository bookingBeforeTheOpening(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.WITHOUT_OPENING_GUARD.over(database), size, clock);
	}

	/** Bug: the write of a booking does not check that nobody waits. */
	public static EventRepository bookingBesideWaitingUsers(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.WITHOUT_GUARD_OF_WAITING_LIST.over(database), size, clock);
	}

	/** Bug: the write of an offer checks neither the seats nor the list. */
	public static EventRepository offeringSeatsTwice(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.OFFERING_WITHOUT_SEATS.over(database), size, clock);
	}

	/** Bug: the end of the wait is stored, the offer is not. */
	public static EventRepository losingOffers(MongoDatabase database, SegmentSize size, Clock clock) {
		return guarded(BrokenCommands.LOSING_OFFERS.over(database), size, clock);
	}

	/** Bug: writes the entry of a booking twice. */
	public static EventRepository writingDuplicateEntries(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.DUPLICATE_ENTRY.over(database), size);
	}

	/** Bug: removes the entries that it moves. */
	public static EventRepository losingMovedEntries(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.MOVED_ENTRY_LOST.over(database), size);
	}

	/** Bug: books the users of a party one by one, until no seat is free. */
	public static EventRepository bookingPartsOfParties(MongoDatabase database, SegmentSize size, Clock clock) {
		EventRepository guarded = guarded(database, size, clock);
		return insteadOfRequests(guarded, Request.PartyBooking.class,
				(event, party) -> Flux.fromIterable(party.users())
					.concatMap((user) -> guarded.book(event, user).map((outcome) -> Map.entry(user, outcome)))
					.collectList()
					.map(Repositories::partyOutcome));
	}

	/** Bug: when the storage fails to make a hold, answers that the hold was made. */
	public static EventRepository reportingFailedHoldsAsMade(EventRepository guarded) {
		return insteadOfRequests(guarded, Request.Holding.class,
				(event, request) -> guarded.decide(event, List.of(request))
					.single()
					.map(Decision::outcome)
					.onErrorResume(StorageException.class, (fault) -> Mono.just(madeHold(request))));
	}

	private static Outcome madeHold(Request request) {
		Instant until = Instant.now().plusSeconds(SaleTerms.MIN_HOLD_SECONDS);
		return new HoldOutcome(HoldOutcome.Kind.HELD, new Hold(Requests.user(request), until, false));
	}

	private static Outcome partyOutcome(List<Map.Entry<UserId, BookingOutcome>> outcomes) {
		List<UserId> booked = outcomes.stream()
			.filter((one) -> one.getValue().changedEvent())
			.map(Map.Entry::getKey)
			.toList();
		List<UserId> before = outcomes.stream()
			.filter((one) -> one.getValue() == BookingOutcome.ALREADY_REGISTERED)
			.map(Map.Entry::getKey)
			.toList();
		if (booked.size() + before.size() < outcomes.size()) {
			return PartyOutcome.soldOut(0);
		}
		return new PartyOutcome(booked.isEmpty() ? PartyOutcome.Kind.ALREADY_REGISTERED : PartyOutcome.Kind.BOOKED,
				booked, before, 0);
	}

	/**
	 * The correct repository, with one kind of request decided one by one by a function.
	 */
	private static EventRepository instead(MongoDatabase database, Class<? extends Request> kind,
			BiFunction<EventId, UserId, Mono<? extends Outcome>> broken) {
		return insteadOfRequests(guarded(database), kind,
				(event, request) -> broken.apply(event, Requests.user(request)));
	}

	private static EventRepository insteadOfRequests(EventRepository guarded, Class<? extends Request> kind,
			BiFunction<EventId, Request, Mono<? extends Outcome>> broken) {
		return (EventRepository) Proxy.newProxyInstance(EventRepository.class.getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> {
					if (method.isDefault()) {
						return InvocationHandler.invokeDefault(proxy, method, arguments);
					}
					if (method.getName().equals("decide")) {
						return each(guarded, (EventId) arguments[0], (List<?>) arguments[1], kind, broken);
					}
					try {
						return method.invoke(guarded, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static Flux<Decision> each(EventRepository guarded, EventId event, List<?> requests,
			Class<? extends Request> kind, BiFunction<EventId, Request, Mono<? extends Outcome>> broken) {
		return Flux.fromIterable(requests)
			.cast(Request.class)
			.concatMap(
					(request) -> kind.isInstance(request)
							? broken.apply(event, request)
								.onErrorMap(StorageErrors::ofWrite)
								.map((outcome) -> new Decision(request, outcome))
							: guarded.decide(event, List.of(request)));
	}

}
