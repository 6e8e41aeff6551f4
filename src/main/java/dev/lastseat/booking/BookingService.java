package dev.lastseat.booking;

import java.time.Clock;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The use cases of Lastseat. Reactive contract, outcomes and faults are those of
 * {@link EventRepository}.
 */
public final class BookingService {

	private final EventRepository events;

	private final Clock clock;

	private final BookingMonitor monitor;

	private final ChangeListener listener;

	/**
	 * @param listener is told of every event that was written or deleted, or may have
	 * been
	 */
	public BookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener) {
		this.events = events;
		this.clock = clock;
		this.monitor = monitor;
		this.listener = listener;
	}

	public Mono<Event> create(EventDraft draft) {
		return Mono.defer(() -> this.monitor.storage(this.events.create(draft, this.clock.instant())));
	}

	/**
	 * @return the event; empty when there is none of this id
	 */
	public Mono<Event> event(EventId event) {
		return this.monitor.storage(this.events.find(event));
	}

	public Mono<Page<Event, EventQuery.Place>> events(EventQuery query) {
		return this.monitor.storage(this.events.list(query));
	}

	public Mono<ChangeOutcome> change(EventId event, EventChange change, @Nullable Set<Long> ifRevision) {
		return telling(event, ChangeOutcome.CHANGED,
				this.monitor.storage(this.events.change(event, change, ifRevision)));
	}

	public Mono<DeletionOutcome> delete(EventId event) {
		return telling(event, DeletionOutcome.DELETED, this.monitor.storage(this.events.delete(event)));
	}

	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return telling(event, BookingOutcome.BOOKED,
				this.monitor.admission(this.monitor.storage(this.events.book(event, user))));
	}

	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return telling(event, ReleaseOutcome.RELEASED, this.monitor.storage(this.events.release(event, user)));
	}

	/**
	 * @return whether the user holds a seat; empty when there is no such event
	 */
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return this.monitor.storage(this.events.isRegistered(event, user));
	}

	/**
	 * @param after where to go on; null for the first page
	 * @return a page of those who are registered; empty when there is no such event
	 */
	public Mono<Page<UserId, RegistrationPlace>> registrations(EventId event, @Nullable RegistrationPlace after,
			int limit) {
		return this.monitor.storage(this.events.registrations(event, after, limit));
	}

	/**
	 * Tells the listener unless it is certain that nothing was changed: a write whose
	 * answer never came, or is not waited for any more, may take effect.
	 */
	private <T> Mono<T> telling(EventId event, T changed, Mono<T> write) {
		return write.doOnNext((outcome) -> {
			if (outcome == changed) {
				this.listener.mayHaveChanged(event);
			}
		})
			.doOnError(StorageException.OutcomeUnknown.class, (error) -> this.listener.mayHaveChanged(event))
			.doOnCancel(() -> this.listener.mayHaveChanged(event));
	}

}
