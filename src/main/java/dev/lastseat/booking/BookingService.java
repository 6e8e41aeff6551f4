package dev.lastseat.booking;

import java.time.Clock;

import dev.lastseat.booking.queue.EventQueues;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The use cases of Lastseat. Reactive contract, outcomes and faults are those of
 * {@link EventRepository}.
 */
public final class BookingService {

	private final EventRepository events;

	private final Clock clock;

	private final BookingMonitor monitor;

	private final ChangeListener listener;

	private final EventQueues queues;

	/**
	 * @param listener is told of every event that was written or deleted, or may have
	 * been
	 * @param settings of the event queues
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			QueueSettings settings) {
		this(events, clock, monitor, listener, settings, Schedulers.parallel(), AnswerPacer.of(Schedulers.parallel()));
	}

	/**
	 * @param scheduler of timeouts
	 * @param pacer of the answers of large rounds
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			QueueSettings settings, Scheduler scheduler, AnswerPacer pacer) {
		this.events = events;
		this.clock = clock;
		this.monitor = monitor;
		this.listener = listener;
		this.queues = new EventQueues(events, monitor, listener, settings, scheduler, pacer);
	}

	public Mono<Event> create(EventDraft draft) {
		return Mono.defer(() -> counted(this.events.create(draft, this.clock.instant())));
	}

	/**
	 * Safe to repeat.
	 */
	public Mono<EventCreation> create(EventId event, EventDraft draft) {
		return Mono.defer(() -> counted(this.events.create(event, draft, this.clock.instant())));
	}

	/**
	 * @return the event; empty when there is none of this id
	 */
	public Mono<Event> find(EventId event) {
		return counted(this.events.find(event));
	}

	/**
	 * @return the event as it is now, for an answer that rests on it; empty when there is
	 * none of this id
	 */
	public Mono<Event> findLatest(EventId event) {
		return counted(this.events.findLatest(event));
	}

	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		return counted(this.events.list(query));
	}

	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return watch(event, ChangeOutcome.CHANGED, this.events.change(event, change, condition));
	}

	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return watch(event, DeletionOutcome.DELETED, this.events.delete(event, withRegistrations, condition));
	}

	/**
	 * Waits in the queue of the event while another round is under way. A request that is
	 * cancelled while it waits is not sent; later, cancelling gives up the answer, not
	 * the booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or it waits too long
	 */
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return this.queues.submit(event, new Request.Booking(user)).cast(BookingOutcome.class);
	}

	/**
	 * Waits like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many requests
	 * are in flight or waiting, or it waits too long
	 */
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.queues.submit(event, new Request.Cancellation(user)).cast(ReleaseOutcome.class);
	}

	/**
	 * @return whether the user holds a seat; empty when there is no such event
	 */
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return counted(this.events.isRegistered(event, user));
	}

	/**
	 * @param after where to go on; null for the first page
	 * @return a page of those who are registered; empty when there is no such event
	 */
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return counted(this.events.registrations(event, after, limit));
	}

	private <T> Mono<T> counted(Mono<T> operation) {
		return operation.doOnError(this.monitor::storageFailed);
	}

	/**
	 * Tells the listener unless it is certain that nothing was changed: a write whose
	 * answer never came, or is not waited for any more, may take effect.
	 */
	private <T> Mono<T> watch(EventId event, T changed, Mono<T> write) {
		return counted(write).doOnNext((outcome) -> {
			if (outcome == changed) {
				this.listener.mayHaveChanged(event);
			}
		})
			.doOnError(StorageException.OutcomeUnknown.class, (fault) -> this.listener.mayHaveChanged(event))
			.doOnCancel(() -> this.listener.mayHaveChanged(event));
	}

}
