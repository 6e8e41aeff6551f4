package dev.lastseat.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.status.ChangeNotifier;
import dev.lastseat.status.TestNotifier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ports whose results are set by the test. They know one event, {@link #GALA}.
 */
public final class StubEvents implements EventRepository, ChangeFeed {

	public static final Event GALA = new Event(new EventId("65f000000000000000000001"), "Gala", null,
			Instant.parse("2026-12-01T19:00:00Z"), null, 3, SaleTerms.DEFAULT, 2, 0, 7, Instant.EPOCH);

	/** Reads an event again for its subscribers. */
	final ChangeNotifier notifier = TestNotifier.of(this);

	/** The calls, in order. */
	final List<String> calls = new ArrayList<>();

	Mono<BookingOutcome> booking = Mono.just(BookingOutcome.BOOKED);

	Mono<ReleaseOutcome> release = Mono.just(ReleaseOutcome.RELEASED);

	Mono<Boolean> registered = Mono.just(true);

	Mono<ChangeOutcome> change = Mono.just(ChangeOutcome.CHANGED);

	Mono<EventCreation> creation = Mono.just(new EventCreation(EventCreation.Outcome.CREATED, GALA));

	Mono<DeletionOutcome> deletion = Mono.just(DeletionOutcome.DELETED);

	Mono<Page<UserId, RegistrationCursor>> registrations = Mono
		.just(new Page<>(List.of(new UserId("ada"), new UserId("bob")), null));

	EventQuery.@Nullable Cursor nextEvent;

	volatile Mono<Event> found = Mono.just(GALA);

	/** The event in lists. */
	Mono<Event> listed = Mono.just(GALA);

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		this.calls.add("create " + draft.title());
		return this.found.defaultIfEmpty(GALA)
			.map((event) -> new Event(GALA.id(), draft.title(), draft.description(), draft.startsAt(), draft.endsAt(),
					draft.capacity(), SaleTerms.DEFAULT, 0, 0, 0, createdAt));
	}

	@Override
	public Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt) {
		this.calls.add("create " + event + " " + draft.title());
		return this.creation;
	}

	@Override
	public Mono<Event> find(EventId event) {
		this.calls.add("find " + event);
		return this.found;
	}

	@Override
	public Mono<Event> findLatest(EventId event) {
		return find(event);
	}

	@Override
	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		this.calls.add("list " + query);
		return this.listed.map((event) -> new Page<>(List.of(event), this.nextEvent));
	}

	@Override
	public Flux<Decision> decide(EventId event, List<Request> requests) {
		Request request = requests.get(0);
		UserId user = Requests.user(request);
		boolean books = request instanceof Request.Booking;
		this.calls.add((books ? "book " : "release ") + event + " " + user);
		Mono<? extends Outcome> outcome = books ? this.booking : this.release;
		return outcome.map((decided) -> new Decision(request, decided)).flux();
	}

	@Override
	public Mono<Map<UserId, Hold>> holds(EventId event, Set<UserId> users) {
		return Mono.error(new UnsupportedOperationException());
	}

	@Override
	public Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query) {
		return Mono.error(new UnsupportedOperationException());
	}

	@Override
	public Flux<Expiry> removeExpiredHolds() {
		return Flux.error(new UnsupportedOperationException("no route removes expired holds"));
	}

	@Override
	public Mono<Set<UserId>> registered(EventId event, Set<UserId> users) {
		users.forEach((user) -> this.calls.add("registered " + event + " " + user));
		return this.registered.map((registered) -> registered ? users : Set.of());
	}

	@Override
	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		this.calls.add("change " + event + " " + change + " if " + condition);
		return this.change;
	}

	@Override
	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		this.calls.add("delete " + event + (withRegistrations ? " with registrations" : "") + " if " + condition);
		return this.deletion;
	}

	@Override
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		this.calls.add("registrations " + event + " " + after + " " + limit);
		return this.registrations;
	}

	@Override
	public Flux<EventStatus> statuses(Collection<EventId> events) {
		return this.found.filter((event) -> events.contains(event.id()))
			.map((event) -> new EventStatus(event.id(), event.capacity(), event.ticketsSold(), 0, SaleTerms.DEFAULT,
					event.revision()))
			.flux();
	}

	@Override
	public Flux<ChangeHint> changes() {
		return Flux.never();
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return Mono.error(new UnsupportedOperationException("no route reads the ledger"));
	}

}
