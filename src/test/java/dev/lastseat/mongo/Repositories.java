package dev.lastseat.mongo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

/**
 * Opens the package to the simulation: the repository, and how not to build it. Those
 * that are broken report faults as the good one does, so that nothing but what is broken
 * tells them apart.
 */
public final class Repositories {

	private Repositories() {
	}

	public static EventRepository guarded(MongoDatabase database) {
		return new MongoEventRepository(database);
	}

	/** Reads, checks, and then writes whatever may have happened in between. */
	public static EventRepository bookingWithoutGuard(MongoDatabase database) {
		return instead(database, "book", new UnguardedRepository(database)::book);
	}

	/** Takes it for sold out whenever the write did not match. */
	public static EventRepository guessingSoldOut(MongoDatabase database) {
		return instead(database, "book", new GuessingRepository(database, GuessingRepository.WITHOUT_A_LOOK)::book);
	}

	/** Takes it for sold out when the user turns out not to be registered. */
	public static EventRepository guessingSoldOutAfterHalfALook(MongoDatabase database) {
		return instead(database, "book", new GuessingRepository(database, GuessingRepository.FROM_HALF_A_LOOK)::book);
	}

	/** Takes the answer of a second booking for that of the first, which was lost. */
	public static EventRepository retryingUnknownBookings(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, "book", (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> guarded.book(event, user)));
	}

	/** Waits for the answer of a booking that was lost. */
	public static EventRepository waitingForLostAnswers(MongoDatabase database) {
		EventRepository guarded = guarded(database);
		return instead(database, "book", (event, user) -> guarded.book(event, user)
			.onErrorResume(StorageException.OutcomeUnknown.class, (fault) -> Mono.never()));
	}

	/** Gives a seat back for everybody who was registered when it looked. */
	public static EventRepository releasingTwice(MongoDatabase database) {
		return instead(database, "release", new UnguardedRepository(database)::release);
	}

	/**
	 * The good repository, with one of its methods done in another way.
	 */
	private static EventRepository instead(MongoDatabase database, String name,
			BiFunction<EventId, UserId, Mono<?>> broken) {
		EventRepository guarded = guarded(database);
		return (EventRepository) Proxy.newProxyInstance(EventRepository.class.getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> {
					if (method.getName().equals(name)) {
						return broken.apply((EventId) arguments[0], (UserId) arguments[1])
							.onErrorMap(StorageErrors::ofWrite);
					}
					try {
						return method.invoke(guarded, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
