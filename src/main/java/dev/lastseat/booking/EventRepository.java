package dev.lastseat.booking;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores events and decides requests for them.
 * <p>
 * All methods are lazy: nothing is sent before a subscription, and each subscription is a
 * new attempt. A fault is an error signal, a {@link StorageException}. Cancelling a
 * subscription drops the answer; a write that was sent may still take effect.
 * <p>
 * A write ends in exactly one outcome. A read is empty when the event does not exist.
 * <p>
 * In every readable state {@code ticketsSold + held <= capacity}, {@code ticketsSold} is
 * the number of registrations, {@code held} the number of holds, and a user is in at most
 * one of the states registered, holding and waiting. While users are waiting, no seat is
 * free except those of expired holds, and for a moment those that a higher capacity has
 * added. {@link #findLatest}, {@link #registered}, {@link #ledger} and the reads of a
 * decision see every write that was answered before they started, and only states that an
 * election cannot roll back. {@link #find}, {@link #list} and {@link #registrations} are
 * for display: on a replica set their result may be slightly older.
 */
public interface EventRepository {

	/**
	 * Stores a new event without registrations. Not safe to repeat: each attempt stores
	 * another event.
	 * @param createdAt stored to the millisecond
	 * @return the stored event with its generated id
	 */
	Mono<Event> create(EventDraft draft, Instant createdAt);

	/**
	 * Stores a new event without registrations, with an id that the caller chose. Safe to
	 * repeat.
	 * @param event 24 hexadecimal digits; any other id ends in an
	 * {@link IllegalArgumentException}
	 * @param createdAt stored to the millisecond
	 * @return exactly one outcome
	 */
	Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt);

	/**
	 * Reads one event, for display.
	 * @return the event; empty when it does not exist or its document cannot be read
	 */
	Mono<Event> find(EventId event);

	/**
	 * Reads the latest state of one event, for answers that depend on it.
	 * @return the event; empty when it does not exist or its document cannot be read
	 */
	Mono<Event> findLatest(EventId event);

	/**
	 * Reads a page of events, ordered by start, then by id. An event whose document
	 * cannot be read is left out.
	 * @return exactly one page, which may have no items
	 */
	Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query);

	/**
	 * Changes some fields of an event in one atomic write. The capacity never becomes
	 * lower than the seats that are sold or held, no event ends before it starts, and no
	 * sale closes before it opens, even with concurrent changes. Expired holds do not
	 * count.
	 * @param condition the revision of the event must meet it, in the same write
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
	 * @param withRegistrations true to delete the event together with its registrations
	 * and holds; false to refuse when a user is registered or has a hold that is not
	 * expired
	 * @param condition the revision of the event must meet it, in the same write
	 * @return exactly one outcome
	 */
	Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition);

	/**
	 * Deletes an event without registrations, whatever its revision.
	 * @return exactly one outcome
	 */
	default Mono<DeletionOutcome> delete(EventId event) {
		return delete(event, false, RevisionCondition.NONE);
	}

	/**
	 * Decides a batch of requests with as few writes as possible, nearly always one. Each
	 * write checks and changes the event atomically. Requests get the free seats in the
	 * order of the list; seats that other requests of the same batch release are
	 * included, and so are those of expired holds. While users are waiting, the same
	 * writes offer free seats to the first of them, and no other user gets one.
	 * @param requests one or more, in order of arrival, at most one for each user
	 * @return exactly one decision for each request, in any order, each as soon as it is
	 * made, then completion. An error leaves requests without a decision: when it is
	 * {@link StorageException.OutcomeUnknown}, their outcomes are unknown; else nothing
	 * was changed for them
	 */
	Flux<Decision> decide(EventId event, List<Request> requests);

	/**
	 * Decides a single booking.
	 * @return exactly one outcome
	 */
	default Mono<BookingOutcome> book(EventId event, UserId user) {
		return decide(event, List.of(new Request.Booking(user))).single()
			.map(Decision::outcome)
			.cast(BookingOutcome.class);
	}

	/**
	 * Decides a single cancellation.
	 * @return exactly one outcome
	 */
	default Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return decide(event, List.of(new Request.Cancellation(user))).single()
			.map(Decision::outcome)
			.cast(ReleaseOutcome.class);
	}

	/**
	 * Reads which of some users are registered.
	 * @param users one or more
	 * @return the registered users among them; empty when the event does not exist
	 */
	Mono<Set<UserId>> registered(EventId event, Set<UserId> users);

	/**
	 * Reads whether a user is registered.
	 * @return true or false; empty when the event does not exist
	 */
	default Mono<Boolean> isRegistered(EventId event, UserId user) {
		return registered(event, Set.of(user)).map((registered) -> registered.contains(user));
	}

	/**
	 * Reads the holds of some users that are not expired.
	 * @param users one or more
	 * @return the holds by user; empty when the event does not exist
	 */
	Mono<Map<UserId, Hold>> holds(EventId event, Set<UserId> users);

	/**
	 * Reads a page of the holds that are not expired, for display.
	 * @return exactly one page; empty when the event does not exist
	 */
	Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query);

	/**
	 * Removes the expired holds of all events, so that the displayed numbers are right,
	 * and offers free seats to waiting users. No decision needs it: a write that takes a
	 * seat also removes the expired holds that are in its way. A failure of one event
	 * does not keep those of others: the flux ends with the error afterwards.
	 * @return the events that were changed
	 */
	Flux<Expiry> removeExpiredHolds();

	/**
	 * Reads what the event is to some users: the latest state, for an answer to a
	 * request.
	 * @param users one or more
	 * @return the standing of each of the users; empty when the event does not exist
	 */
	Mono<Map<UserId, Standing>> standings(EventId event, Set<UserId> users);

	/**
	 * Reads what the event is to some users, for display. One read for any number of
	 * users, unless the event has sealed registrations.
	 * @param users one or more
	 * @return the standing of each of the users; empty when the event does not exist
	 */
	Mono<DisplayedStandings> displayedStandings(EventId event, Set<UserId> users);

	/**
	 * Reads a page of the waiting list, for display.
	 * @param after number of users before the page
	 * @param limit maximum number of users, 1 or more
	 * @return exactly one page; empty when the event does not exist
	 */
	Mono<Page<UserId, Integer>> waitingList(EventId event, int after, int limit);

	/**
	 * Reads a page of the journal: only entries that an election cannot roll back.
	 * @param after the position of the last entry before the page; 0 for the first page.
	 * A position beyond the end gives a page without entries
	 * @param limit maximum number of entries, 1 or more
	 * @return exactly one page, whose cursor is the position of its last entry and null
	 * at the end of the journal; empty when the event does not exist and was not deleted
	 */
	Mono<Page<JournalEntry, Long>> journal(EventId event, long after, int limit);

	/**
	 * Reads a page of the registered users, in the order of booking. Only the users of
	 * this page are transferred.
	 * @param after the cursor of the previous page; null for the first page
	 * @param limit maximum number of users, 1 or more
	 * @return exactly one page; empty when the event does not exist
	 */
	Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after, int limit);

	/**
	 * Reads all registrations at once. The whole list is transferred: only for tests and
	 * the checker, never to answer a request.
	 * @return the ledger; empty when the event does not exist
	 */
	Mono<Ledger> ledger(EventId event);

}
