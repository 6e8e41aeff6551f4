package dev.lastseat.booking;

import java.time.Instant;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where events live, and where admissions are decided.
 * <p>
 * Everything here is lazy: nothing is sent before a subscription, and each subscription
 * is an attempt of its own. Methods that decide emit exactly one outcome; a fault is an
 * error signal, a {@link StorageException}. Cancelling gives up the answer, not the
 * write: one that was sent may still take effect.
 * <p>
 * In every state that anyone can read, {@code 0 <= ticketsSold <= capacity},
 * {@code ticketsSold} is the number of registrations, and no user is registered twice.
 * All reads see every write that was answered before they began.
 */
public interface EventRepository {

	/**
	 * Stores a new event with no registrations.
	 * @return the stored event with its id
	 */
	Mono<Event> create(EventDraft draft, Instant createdAt);

	/**
	 * Reads one event.
	 * @return the event; empty when there is none of this id
	 */
	Mono<Event> find(EventId event);

	/**
	 * Lists events by their start, earliest first.
	 * @param limit how many at most
	 */
	Flux<Event> list(int limit);

	/**
	 * Decides whether the user gets a seat, in one atomic write: the check and the
	 * booking cannot be told apart, by anyone.
	 * @return exactly one outcome
	 */
	Mono<BookingOutcome> book(EventId event, UserId user);

	/**
	 * Gives the user's seat back.
	 * @return exactly one outcome
	 */
	Mono<ReleaseOutcome> release(EventId event, UserId user);

	/**
	 * Tells whether the user holds a seat.
	 * @return true or false; empty when there is no such event
	 */
	Mono<Boolean> isRegistered(EventId event, UserId user);

	/**
	 * Changes the number of seats, never to below those taken.
	 * @param capacity seats, 1 to {@link EventDraft#MAX_CAPACITY}
	 * @return exactly one outcome
	 * @throws InvalidInputException as an error signal, for a capacity out of bounds
	 */
	Mono<CapacityOutcome> changeCapacity(EventId event, int capacity);

	/**
	 * Reads everybody who is registered, at once. The whole list crosses the wire: for
	 * proofs, never for a request.
	 * @return the ledger; empty when there is no such event
	 */
	Mono<Ledger> ledger(EventId event);

}
