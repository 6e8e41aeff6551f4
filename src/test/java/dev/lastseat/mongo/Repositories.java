package dev.lastseat.mongo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.ReadConcerns.Topology;
import dev.lastseat.mongo.segments.EventMaintenance;
import dev.lastseat.mongo.segments.SealedUserFilters;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens the package to the simulation: the repository, and how not to build it. Those
 * that are broken report faults as the good one does, so that nothing but what is broken
 * tells them apart.
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

	/** On a replica set of several members. */
	public static EventRepository onReplicaSet(MongoDatabase database, SegmentSize size) {
		return of(MongoCollections.of(database, SEVERAL_MEMBERS), size);
	}

	/** Does what is left to be done about the pages of an event on a replica set. */
	public static Mono<Void> keepUp(MongoDatabase database, SegmentSize size, EventId event) {
		MongoCollections collections = MongoCollections.of(database, SEVERAL_MEMBERS);
		return new EventMaintenance(collections, size, new SealedUserFilters(collections))
			.maintain(new ObjectId(event.value()), new SegmentMemory(size));
	}

	/** On a server with one copy of the data. */
	static MongoEventRepository of(MongoDatabase database, SegmentSize size) {
		return of(MongoCollections.of(database, ReadConcerns.LOCAL), size);
	}

	static MongoEventRepository of(MongoCollections collections, SegmentSize size) {
		return new MongoEventRepository(collections, new SegmentMaintenance(collections, size), StorageMonitor.NONE);
	}

	/** Reads, checks, and then writes whatever may have happened in between. */
	public static EventRepository bookingWithoutGuard(MongoDatabase database) {
		return instead(database, Request.Booking.class, new UnguardedRepository(database)::book);
	}

	/** Takes it for sold out whenever the write did not match. */
	public static EventRepository guessingSoldOut(MongoDatabase database) {
		return instead(database, Request.Booking.class,
				new GuessingRepository(database, GuessingRepository.WITHOUT_A_LOOK)::book);
	}

	/** Takes it for sold out when the user turns out not to be registered. */
	public static EventRepository guessingSoldOutAfterHalfALook(MongoDatabase database) {
		return instead(database, Request.Booking.class,
				new GuessingRepository(database, GuessingRepository.FROM_HALF_A_LOOK)::book);
	}

	/** Takes the answer of a second booking for that of the first, which was lost. */
	public static EventRepository retryingUnknownBookings(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, Request.Booking.class, (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> guarded.book(event, user)));
	}

	/** Waits for the answer of a booking that was lost. */
	public static EventRepository waitingForLostAnswers(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, Request.Booking.class, (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> Mono.never()));
	}

	/** Books a batch whether or not one of its users holds a seat. */
	public static EventRepository bookingBatchesWithoutGuard(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITHOUT_GUARD_OF_USERS.over(database));
	}

	/** Books a batch when there is a seat for one. */
	public static EventRepository bookingBatchesForOneSeat(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITH_GUARD_OF_ONE_SEAT.over(database));
	}

	/** Releases the seats of a batch whether or not its users hold any. */
	public static EventRepository releasingBatchesWithoutGuard(MongoDatabase database) {
		return guarded(BrokenCommands.BATCH_WITHOUT_GUARD_OF_CANCELLATIONS.over(database));
	}

	/** Gives a seat back for everybody who was registered when it looked. */
	public static EventRepository releasingTwice(MongoDatabase database) {
		return instead(database, Request.Cancellation.class, new UnguardedRepository(database)::release);
	}

	/** Admits on a page that is not open any more. */
	public static EventRepository admittingOnAnyPage(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_PAGE_GUARD.over(database), size);
	}

	/** Admits whoever is on the way out of the document. */
	public static EventRepository admittingWhoIsLeaving(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_SEALING_GUARD.over(database), size);
	}

	/** Gives a sealed seat back whatever was cleaned up since it looked. */
	public static EventRepository releasingWhateverWasCleanedUp(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.WITHOUT_CLEANUPS_GUARD.over(database), size);
	}

	/** Remembers of all who were sealed by others that they are nobody. */
	public static EventRepository learningOfNobody(MongoDatabase database, SegmentSize size) {
		return of(BrokenCommands.LEARNING_OF_NOBODY.over(database), size);
	}

	/**
	 * The good repository, with requests of one kind decided in another way, one by one.
	 */
	private static EventRepository instead(MongoDatabase database, Class<? extends Request> kind,
			BiFunction<EventId, UserId, Mono<? extends Outcome>> broken) {
		EventRepository guarded = guarded(database);
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
			Class<? extends Request> kind, BiFunction<EventId, UserId, Mono<? extends Outcome>> broken) {
		return Flux.fromIterable(requests)
			.cast(Request.class)
			.concatMap((request) -> kind.isInstance(request)
					? broken.apply(event, request.user())
						.onErrorMap(StorageErrors::ofWrite)
						.map((outcome) -> new Decision(request.user(), outcome))
					: guarded.decide(event, List.of(request)));
	}

}
