package dev.lastseat.booking;

import java.time.Clock;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The use cases of Lastseat. Reactive contract, outcomes and faults are those of
 * {@link EventRepository}.
 */
public final class BookingService {

	private final EventRepository events;

	private final Clock clock;

	public BookingService(EventRepository events, Clock clock) {
		this.events = events;
		this.clock = clock;
	}

	public Mono<Event> create(EventDraft draft) {
		return Mono.defer(() -> this.events.create(draft, this.clock.instant()));
	}

	/**
	 * @return the event; empty when there is none of this id
	 */
	public Mono<Event> event(EventId event) {
		return this.events.find(event);
	}

	/**
	 * @param limit how many at most
	 * @return events by their start, earliest first
	 */
	public Flux<Event> events(int limit) {
		return this.events.list(limit);
	}

	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return this.events.book(event, user);
	}

	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.events.release(event, user);
	}

	/**
	 * @return whether the user holds a seat; empty when there is no such event
	 */
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return this.events.isRegistered(event, user);
	}

}
