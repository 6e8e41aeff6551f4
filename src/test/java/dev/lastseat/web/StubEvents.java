package dev.lastseat.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.DisplayedStandings;
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
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
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
			Instant.parse("2026-12-01T19:00:00Z"), null, 3, SaleTerms.DEFAULT, 2, 0, 0, 7, Instant.EPOCH);

	/** A hold of the user ada. */
	static final Hold HOLD = hold("ada");

	/** A place in the waiting list. */
	static final WaitingPlace PLACE = new WaitingPlace(2, 5);

	static final List<JournalEntry> JOURNAL = List.of(
			new JournalEntry(1, Instant.parse("2026-06-01T12:00:00Z"), JournalEntry.Op.BOOKED, new UserId("ada")),
			new JournalEntry(2, Instant.parse("2026-06-01T12:00:00.007Z"), JournalEntry.Op.CAPACITY_CHANGED, null));

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

	Mono<HoldOutcome> hold = Mono.just(new HoldOutcome(HoldOutcome.Kind.HELD, HOLD));

	Mono<HoldReleaseOutcome> holdRelease = Mono.just(HoldReleaseOutcome.RELEASED);

	Mono<PartyOutcome> party = Mono
		.just(new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(new UserId("ada")), List.of(new UserId("bob")), 0));

	Mono<PartyHoldOutcome> partyHold = Mono
		.just(new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(hold("bob")), List.of(HOLD), 0));

	/** Whether a user has a hold. */
	Mono<Boolean> held = Mono.just(true);

	Mono<Page<Hold, HoldQuery.Cursor>> holds = Mono.just(new Page<>(List.of(HOLD, hold("bob")), null));

	Mono<JoinOutcome> join = Mono.just(new JoinOutcome(JoinOutcome.Kind.JOINED, PLACE));

	Mono<LeaveOutcome> leave = Mono.just(LeaveOutcome.LEFT);

	Mono<Standing> standing = Mono.just(Standing.of(PLACE));

	Mono<Page<UserId, Integer>> waitingList = Mono
		.just(new Page<>(List.of(new UserId("ada"), new UserId("bob")), null));

	Mono<Page<JournalEntry, Long>> journal = Mono.just(new Page<>(JOURNAL, null));

	EventQuery.@Nullable Cursor nextEvent;

	volatile Mono<Event> found = Mono.just(GALA);

	/** The event in lists. */
	Mono<Event> listed = Mono.just(GALA);

	static Hold hold(String user) {
		return new Hold(new UserId(user), Instant.parse("2026-06-01T12:10:00Z"), false);
	}

	/**
	 * The event of the example with waiting users.
	 */
	static Event withWaiting(int users) {
		return new Event(GALA.id(), GALA.title(), GALA.description(), GALA.startsAt(), GALA.endsAt(), GALA.capacity(),
				GALA.sale(), GALA.ticketsSold(), GALA.held(), users, GALA.revision(), GALA.createdAt());
	}

	/**
	 * The event of the example with another sale.
	 */
	static Event withSale(SaleTerms sale) {
		return new Event(GALA.id(), GALA.title(), GALA.description(), GALA.startsAt(), GALA.endsAt(), GALA.capacity(),
				sale, GALA.ticketsSold(), GALA.held(), 0, GALA.revision(), GALA.createdAt());
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		this.calls.add("create " + draft.title());
		return this.found.defaultIfEmpty(GALA)
			.map((event) -> new Event(GALA.id(), draft.title(), draft.description(), draft.startsAt(), draft.endsAt(),
					draft.capacity(), draft.sale(), 0, 0, 0, 0, createdAt));
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
		return decide(request, event).map((outcome) -> new Decision(request, outcome)).flux();
	}

	private Mono<? extends Outcome> decide(Request request, EventId event) {
		if (request instanceof Request.Booking booking) {
			return called("book " + event + " " + booking.user(), this.booking);
		}
		if (request instanceof Request.Cancellation cancellation) {
			return called("release " + event + " " + cancellation.user(), this.release);
		}
		if (request instanceof Request.Holding holding) {
			return called("hold " + event + " " + holding.user(), this.hold);
		}
		if (request instanceof Request.HoldRelease holdRelease) {
			return called("release hold " + event + " " + holdRelease.user(), this.holdRelease);
		}
		if (request instanceof Request.Joining joining) {
			return called("join " + event + " " + joining.user(), this.join);
		}
		if (request instanceof Request.Leaving leaving) {
			return called("leave " + event + " " + leaving.user(), this.leave);
		}
		return (request instanceof Request.PartyBooking) ? called("book " + event + " " + request.users(), this.party)
				: called("hold " + event + " " + request.users(), this.partyHold);
	}

	private <T> Mono<T> called(String call, Mono<T> outcome) {
		this.calls.add(call);
		return outcome;
	}

	@Override
	public Mono<Map<UserId, Hold>> holds(EventId event, Set<UserId> users) {
		users.forEach((user) -> this.calls.add("held " + event + " " + user));
		return this.held.map((held) -> held
				? users.stream().collect(Collectors.toMap(Function.identity(), (user) -> hold(user.value())))
				: Map.of());
	}

	@Override
	public Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query) {
		this.calls.add("holds " + event + " " + query);
		return this.holds;
	}

	@Override
	public Mono<Map<UserId, Standing>> standings(EventId event, Set<UserId> users) {
		users.forEach((user) -> this.calls.add("standing " + event + " " + user));
		return this.standing
			.map((standing) -> users.stream().collect(Collectors.toMap(Function.identity(), (user) -> standing)));
	}

	@Override
	public Mono<DisplayedStandings> displayedStandings(EventId event, Set<UserId> users) {
		return standings(event, users).map((byUser) -> new DisplayedStandings(GALA.revision(), byUser));
	}

	@Override
	public Mono<Page<UserId, Integer>> waitingList(EventId event, int after, int limit) {
		this.calls.add("waiting list " + event + " " + after + " " + limit);
		return this.waitingList;
	}

	@Override
	public Mono<Page<JournalEntry, Long>> journal(EventId event, long after, int limit) {
		this.calls.add("journal " + event + " " + after + " " + limit);
		return this.journal;
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
			.map((event) -> new EventStatus(event.id(), event.capacity(), event.ticketsSold(), event.held(),
					event.waiting(), event.sale(), event.revision()))
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
