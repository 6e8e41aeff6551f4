package dev.lastseat.booking;

import java.time.Clock;

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

	private final Writes writes;

	private final Lanes lanes;

	/**
	 * @param listener is told of every event that was written or deleted, or may have
	 * been
	 * @param settings of the lanes in which those wait who want the same event
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			LaneSettings settings) {
		this(events, clock, monitor, listener, settings, Schedulers.parallel());
	}

	/**
	 * @param timer ends waits that have been too long
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			LaneSettings settings, Scheduler timer) {
		this.events = events;
		this.clock = clock;
		this.monitor = monitor;
		this.writes = new Writes(events, monitor, listener, settings.maxTurn(), timer);
		this.lanes = new Lanes(this.writes, settings, new Lobby(settings, monitor, timer));
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
	public Mono<Event> event(EventId event) {
		return counted(this.events.find(event));
	}

	/**
	 * @return the event as it is now, for an answer that rests on it; empty when there is
	 * none of this id
	 */
	public Mono<Event> latest(EventId event) {
		return counted(this.events.findLatest(event));
	}

	public Mono<Page<Event, EventQuery.Place>> events(EventQuery query) {
		return counted(this.events.list(query));
	}

	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return this.writes.watch(event, ChangeOutcome.CHANGED, this.events.change(event, change, condition));
	}

	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return this.writes.watch(event, DeletionOutcome.DELETED,
				this.events.delete(event, withRegistrations, condition));
	}

	/**
	 * Waits for its turn when others want the same event. Whoever cancels before it has
	 * come is not booked; after that cancelling gives up the answer, not the booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many wait, or
	 * it takes too long
	 */
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return this.monitor.admission(this.lanes.book(event, user));
	}

	/**
	 * Waits like a booking.
	 * @return exactly one outcome; an {@link OverloadedException} when too many wait, or
	 * it takes too long
	 */
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.lanes.release(event, user);
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
	public Mono<Page<UserId, RegistrationPlace>> registrations(EventId event, @Nullable RegistrationPlace after,
			int limit) {
		return counted(this.events.registrations(event, after, limit));
	}

	private <T> Mono<T> counted(Mono<T> operation) {
		return operation.doOnError(this.monitor::storageFailed);
	}

}
