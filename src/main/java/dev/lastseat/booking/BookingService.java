package dev.lastseat.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.queue.AnswersByThread;
import dev.lastseat.booking.queue.Callbacks;
import dev.lastseat.booking.queue.EventQueues;
import dev.lastseat.booking.queue.SharedReads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The use cases of Lastseat. All methods are lazy, and each subscription is a new
 * attempt. A fault is an error signal, a {@link StorageException}.
 */
public final class BookingService {

	private final EventRepository events;

	private final Clock clock;

	private final Callbacks callbacks;

	private final EventQueues queues;

	private final SharedReads<EventId, Event> finds;

	private final SharedReads<EventId, Event> openings;

	private final SharedReads<UserId, Set<UserId>> lookups;

	private final SharedReads<UserId, Map<UserId, Hold>> holdLookups;

	private final SharedReads<UserId, Map<UserId, Standing>> standingLookups;

	private final UnopenedSales unopened;

	private final Scheduler scheduler;

	/**
	 * @param clock gives the creation time of events, and decides whether a sale is open
	 * @param monitor receives what happens to requests and rounds
	 * @param listener receives the events that this service writes
	 * @param settings limits of the event queues
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			QueueSettings settings) {
		this(events, clock, monitor, listener, settings, Schedulers.parallel(), AnswerPacers.of(Schedulers.parallel()));
	}

	/**
	 * @param clock gives the creation time of events, and decides whether a sale is open
	 * @param monitor receives what happens to requests and rounds
	 * @param listener receives the events that this service writes
	 * @param settings limits of the event queues
	 * @param scheduler runs the timeouts of requests, reads and rounds
	 * @param pacers run the answers
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			QueueSettings settings, Scheduler scheduler, AnswerPacers pacers) {
		this.events = events;
		this.clock = clock;
		this.scheduler = scheduler;
		this.unopened = new UnopenedSales(clock, scheduler);
		this.callbacks = new Callbacks(monitor, (event) -> {
			this.unopened.forget(event);
			listener.mayHaveChanged(event);
		});
		AnswersByThread answers = new AnswersByThread(pacers);
		this.queues = new EventQueues(events, this.callbacks, settings, scheduler, answers);
		this.finds = new SharedReads<>((event, ids) -> events.find(event), Integer.MAX_VALUE, settings.maxWait(),
				this.callbacks, scheduler, answers);
		this.openings = new SharedReads<>((event, ids) -> this.unopened.remember(event, events.findLatest(event)),
				Integer.MAX_VALUE, settings.maxWait(), this.callbacks, scheduler, answers);
		this.lookups = new SharedReads<>(events::registered, settings.maxBatch(), settings.maxWait(), this.callbacks,
				scheduler, answers);
		this.holdLookups = new SharedReads<>((event, users) -> events.holds(event, users), settings.maxBatch(),
				settings.maxWait(), this.callbacks, scheduler, answers);
		this.standingLookups = new SharedReads<>(events::standings, settings.maxBatch(), settings.maxWait(),
				this.callbacks, scheduler, answers);
	}

	/**
	 * Stores a new event. Not safe to repeat: each attempt stores another event.
	 * @return the stored event with its generated id
	 */
	public Mono<Event> create(EventDraft draft) {
		return Mono.defer(() -> reportFault(this.events.create(draft, this.clock.instant())));
	}

	/**
	 * Stores a new event with an id that the caller chose. Safe to repeat.
	 * @param event 24 hexadecimal digits; any other id ends in an
	 * {@link IllegalArgumentException}
	 * @return exactly one outcome
	 */
	public Mono<EventCreation> create(EventId event, EventDraft draft) {
		return Mono.defer(() -> reportFault(this.events.create(event, draft, this.clock.instant())));
	}

	/**
	 * Reads an event for display. Calls for the same event share a read, which starts
	 * after they arrived.
	 * @return the event, possibly slightly older than the latest state; empty when it
	 * does not exist
	 */
	public Mono<Event> find(EventId event) {
		return this.finds.read(event, event);
	}

	/**
	 * Reads the latest state of an event, for an answer that depends on it.
	 * @return the event; empty when it does not exist
	 */
	public Mono<Event> findLatest(EventId event) {
		return reportFault(this.events.findLatest(event));
	}

	/**
	 * @return exactly one page, which may have no items
	 */
	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		return reportFault(this.events.list(query));
	}

	/**
	 * Changes some fields of an event.
	 * @return exactly one outcome
	 */
	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return reportWrite(event, ChangeOutcome.CHANGED, this.events.change(event, change, condition));
	}

	/**
	 * Deletes an event.
	 * @param withRegistrations true to delete the event together with its registrations
	 * and holds; false to refuse when a user is registered or has a hold
	 * @return exactly one outcome
	 */
	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return reportWrite(event, DeletionOutcome.DELETED, this.events.delete(event, withRegistrations, condition));
	}

	/**
	 * Registers a user: confirms its hold, or books a free seat. The request waits in the
	 * event queue while a round is under way. When it is cancelled while it waits, it is
	 * not sent. When it is cancelled later, only the answer is dropped, and the booking
	 * may still take effect.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return submitDuringSale(event, new Request.Booking(user), BookingOutcome.NOT_OPEN).cast(BookingOutcome.class);
	}

	/**
	 * Holds a seat for a user. Waits and is cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<HoldOutcome> hold(EventId event, UserId user) {
		return submitDuringSale(event, new Request.Holding(user), HoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN))
			.cast(HoldOutcome.class);
	}

	/**
	 * Gives the hold of a user back. Waits and is cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<HoldReleaseOutcome> releaseHold(EventId event, UserId user) {
		return this.queues.submit(event, new Request.HoldRelease(user)).cast(HoldReleaseOutcome.class);
	}

	/**
	 * Registers all users of a party or none. Waits and is cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<PartyOutcome> book(EventId event, Request.PartyBooking party) {
		return submitDuringSale(event, party, PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN))
			.cast(PartyOutcome.class);
	}

	/**
	 * Holds a seat for each user of a party or for none. Waits and is cancelled like a
	 * booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<PartyHoldOutcome> hold(EventId event, Request.PartyHolding party) {
		return submitDuringSale(event, party, PartyHoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN))
			.cast(PartyHoldOutcome.class);
	}

	/**
	 * Puts a user at the end of the waiting list of a sold-out event. Waits and is
	 * cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<JoinOutcome> join(EventId event, UserId user) {
		return this.queues.submit(event, new Request.Joining(user)).cast(JoinOutcome.class);
	}

	/**
	 * Removes a user from the waiting list. Waits and is cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<LeaveOutcome> leave(EventId event, UserId user) {
		return this.queues.submit(event, new Request.Leaving(user)).cast(LeaveOutcome.class);
	}

	/**
	 * Refuses a request for an event whose sale is known not to be open, and submits any
	 * other request. While requests for an event are refused, a read each second shows
	 * whether its sale was opened earlier.
	 */
	private Mono<Outcome> submitDuringSale(EventId event, Request request, Outcome notOpen) {
		return Mono.defer(() -> {
			if (!this.unopened.isReadDue(event)) {
				return refuseOrSubmit(event, request, notOpen, Duration.ZERO);
			}
			long arrival = now();
			return this.openings.read(event, event)
				.onErrorComplete()
				.then(Mono.defer(() -> refuseOrSubmit(event, request, notOpen, Duration.ofNanos(now() - arrival))));
		});
	}

	/**
	 * @param waited time since the request arrived
	 */
	private Mono<Outcome> refuseOrSubmit(EventId event, Request request, Outcome notOpen, Duration waited) {
		if (this.unopened.refuse(event)) {
			this.callbacks.decided(request, notOpen, waited);
			return Mono.just(notOpen);
		}
		return this.queues.submit(event, request)
			.flatMap((outcome) -> outcome.equals(notOpen) ? rememberOpening(event, outcome) : Mono.just(outcome));
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/** A fault of the read is reported, and does not change the outcome. */
	private Mono<Outcome> rememberOpening(EventId event, Outcome notOpen) {
		return opening(event).onErrorComplete().thenReturn(notOpen);
	}

	/**
	 * Reads when the sale of an event opens, for the explanation of a refusal. At most
	 * one second old when another process changes it.
	 * @return the time; empty when the event does not exist, or its sale has no beginning
	 */
	public Mono<Instant> opening(EventId event) {
		return Mono.defer(() -> {
			Instant remembered = this.unopened.opening(event);
			return (remembered != null) ? Mono.just(remembered)
					: this.openings.read(event, event).mapNotNull((found) -> found.sale().opensAt());
		});
	}

	/**
	 * Releases the seat of a user. Waits and is cancelled like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or the request waits too long
	 */
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.queues.submit(event, new Request.Cancellation(user)).cast(ReleaseOutcome.class);
	}

	/**
	 * Looks up a registration. Calls for the same event share a read, which starts after
	 * they arrived.
	 * @return whether the user is registered; empty when the event does not exist
	 */
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return this.lookups.read(event, user).map((registered) -> registered.contains(user));
	}

	/**
	 * Looks up a hold that is not expired. Calls for the same event share a read, which
	 * starts after they arrived.
	 * @return the hold, if the user has one; empty when the event does not exist
	 */
	public Mono<Optional<Hold>> findHold(EventId event, UserId user) {
		return this.holdLookups.read(event, user).map((holds) -> Optional.ofNullable(holds.get(user)));
	}

	/**
	 * @return a page of the holds that are not expired; empty when the event does not
	 * exist
	 */
	public Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query) {
		return reportFault(this.events.holds(event, query));
	}

	/**
	 * Reads what the event is to a user. Calls for the same event share a read, which
	 * starts after they arrived.
	 * @return the standing; empty when the event does not exist
	 */
	public Mono<Standing> standing(EventId event, UserId user) {
		return this.standingLookups.read(event, user).mapNotNull((standings) -> standings.get(user));
	}

	/**
	 * Reads what the event is to some users, for display.
	 * @param users one or more
	 * @return the standing of each of the users; empty when the event does not exist
	 */
	public Mono<DisplayedStandings> displayedStandings(EventId event, Set<UserId> users) {
		return reportFault(this.events.displayedStandings(event, users));
	}

	/**
	 * @param after number of users before the page
	 * @param limit maximum number of users, 1 or more
	 * @return a page of the waiting list; empty when the event does not exist
	 */
	public Mono<Page<UserId, Integer>> waitingList(EventId event, int after, int limit) {
		return reportFault(this.events.waitingList(event, after, limit));
	}

	/**
	 * @param after the position of the last entry before the page; 0 for the first page
	 * @param limit maximum number of entries, 1 or more
	 * @return a page of the journal; empty when the event does not exist and was not
	 * deleted
	 */
	public Mono<Page<JournalEntry, Long>> journal(EventId event, long after, int limit) {
		return reportFault(this.events.journal(event, after, limit));
	}

	/**
	 * Removes the expired holds of all events, so that the displayed numbers are right,
	 * and offers free seats to waiting users.
	 * @return the number of holds removed
	 */
	public Mono<Integer> removeExpiredHolds() {
		return reportFault(this.events.removeExpiredHolds()
			.doOnNext(this.callbacks::expired)
			.map(Expiry::holds)
			.reduce(0, Integer::sum));
	}

	/**
	 * @param after the cursor of the previous page; null for the first page
	 * @param limit maximum number of users, 1 or more
	 * @return a page of the registered users; empty when the event does not exist
	 */
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return reportFault(this.events.registrations(event, after, limit));
	}

	private <T> Mono<T> reportFault(Mono<T> operation) {
		return operation.doOnError(this.callbacks::storageFailed);
	}

	/**
	 * Also reports a change when it is not certain: a write that was not confirmed, or
	 * whose caller cancelled, may take effect.
	 */
	private <T> Mono<T> reportWrite(EventId event, T changed, Mono<T> write) {
		return write.doOnNext((outcome) -> {
			if (outcome == changed) {
				this.callbacks.mayHaveChanged(event);
			}
		})
			.doOnError((fault) -> this.callbacks.writeFailed(event, fault))
			.doOnCancel(() -> this.callbacks.mayHaveChanged(event));
	}

}
