package dev.lastseat.booking;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
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
 * Reads that decide or explain see every write that was answered before they began, and a
 * state that stays, also across an election. {@link #find}, {@link #list} and
 * {@link #registrations} are for display: on a replica set they may be a moment old.
 */
public interface EventRepository {

	/**
	 * Stores a new event with no registrations.
	 * @return the stored event with its id
	 */
	Mono<Event> create(EventDraft draft, Instant createdAt);

	/**
	 * Stores a new event with no registrations under an id that the caller made. Safe to
	 * repeat.
	 * @param event 24 hexadecimal digits; any other id is an
	 * {@link IllegalArgumentException}
	 * @return exactly one outcome, with the stored event
	 */
	Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt);

	/**
	 * Reads one event.
	 * @return the event; empty when there is none of this id
	 */
	Mono<Event> find(EventId event);

	/**
	 * Reads one event as it is now, for an answer that rests on it.
	 * @return the event; empty when there is none of this id
	 */
	Mono<Event> findLatest(EventId event);

	/**
	 * Reads a page of events in the order of their start.
	 */
	Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query);

	/**
	 * Changes some fields of an event. The capacity never drops below the seats taken,
	 * and the end never comes before the start, also by two changes at once.
	 * @param condition on the revision that the event has when it is changed
	 * @return exactly one outcome
	 */
	Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition);

	/**
	 * Changes some fields of an event, whatever its revision.
	 * @return exactly one outcome
	 */
	default Mono<ChangeOutcome> change(EventId event, EventChange change) {
		return change(event, change, RevisionCondition.NONE);
	}

	/**
	 * Deletes an event.
	 * @param withRegistrations whether to delete it although users are registered for it:
	 * their registrations are gone with it
	 * @param condition on the revision that the event has when it is deleted
	 * @return exactly one outcome
	 */
	Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition);

	/**
	 * Deletes an event that no user is registered for, whatever its revision.
	 * @return exactly one outcome
	 */
	default Mono<DeletionOutcome> delete(EventId event) {
		return delete(event, false, RevisionCondition.NONE);
	}

	/**
	 * Decides the requests of a round, with as few writes as possible: nearly always one.
	 * Each write checks and changes the event atomically. Bookings get seats in the order
	 * of the list; seats that cancellations of the list give back are among them.
	 * @param requests one or more, in order of arrival, one of each user
	 * @return exactly one decision for each request, in any order, as soon as it is made;
	 * after a fault there are no more
	 */
	Flux<Decision> decide(EventId event, List<Request> requests);

	/**
	 * Decides whether the user gets a seat, in one atomic write.
	 * @return exactly one outcome
	 */
	default Mono<BookingOutcome> book(EventId event, UserId user) {
		return decide(event, List.of(new Request.Booking(user))).single()
			.map(Decision::outcome)
			.cast(BookingOutcome.class);
	}

	/**
	 * Gives the user's seat back.
	 * @return exactly one outcome
	 */
	default Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return decide(event, List.of(new Request.Cancellation(user))).single()
			.map(Decision::outcome)
			.cast(ReleaseOutcome.class);
	}

	/**
	 * Tells whether the user holds a seat.
	 * @return true or false; empty when there is no such event
	 */
	Mono<Boolean> isRegistered(EventId event, UserId user);

	/**
	 * Reads a page of those who are registered, in the order of booking. Only the page
	 * crosses the wire.
	 * @param after where to go on; null for the first page
	 * @param limit how many at most, 1 or more
	 * @return the page; empty when there is no such event
	 */
	Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after, int limit);

	/**
	 * Reads everybody who is registered, at once. The whole list crosses the wire: for
	 * proofs, never for a request.
	 * @return the ledger; empty when there is no such event
	 */
	Mono<Ledger> ledger(EventId event);

}
