package dev.lastseat.bench;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A sold-out event with a waiting list, and perhaps with many registrations and holds.
 * Every request to it has exactly one correct answer, and another answer is an error.
 * <p>
 * Some users take turns: one of them after the other cancels its seat and joins the list.
 * The seat is then offered to the next user, and that user confirms the offer.
 */
final class CrowdedEvent {

	/** The users that take turns and are registered. */
	private static final int REGISTERED_TURNS = 400;

	/**
	 * An offer is confirmed so many turns after it is made. More than the clients,
	 * because turns that overlap can end in another order.
	 */
	private static final int TURNS_TO_CONFIRM = 64;

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private static final SaleTerms LONG_HOLDS = new SaleTerms(null, null, SaleTerms.MAX_HOLD_SECONDS,
			SaleTerms.MAX_OFFER_SECONDS);

	private final Service service;

	private final EventId event;

	private final Size size;

	private final AtomicInteger turn = new AtomicInteger();

	private CrowdedEvent(Service service, EventId event, Size size) {
		this.service = service;
		this.event = event;
		this.size = size;
	}

	/** Creates an event and fills it by large batches, without the event queue. */
	static Mono<CrowdedEvent> filled(Service service, Size size) {
		return service.bookings()
			.create(new EventDraft("A crowded event", null, SOME_DAY, null, EventDraft.MAX_CAPACITY, LONG_HOLDS))
			.map((created) -> new CrowdedEvent(service, created.id(), size))
			.delayUntil(CrowdedEvent::fill);
	}

	private Mono<Void> fill() {
		return decideAll(this.size.registrations(), (number) -> new Request.Booking(user("registered", number)))
			.then(decideAll(this.size.holds(), (number) -> new Request.Holding(user("holding", number))))
			.then(decideAll(REGISTERED_TURNS, (number) -> new Request.Booking(turnUser(number))))
			.then(Mono.defer(this::sellOut))
			.then(decideAll(this.size.waiting(), (number) -> new Request.Joining(turnUser(REGISTERED_TURNS + number))));
	}

	private Mono<Void> decideAll(int count, Function<Integer, Request> request) {
		return this.service.decideAll(this.event, Flux.range(0, count).map(request))
			.doOnNext((decision) -> require(true, decision.outcome().changedEvent()))
			.then();
	}

	private Mono<?> sellOut() {
		int taken = this.size.registrations() + this.size.holds() + REGISTERED_TURNS;
		return bookings().change(this.event, EventChange.ofCapacity(taken), RevisionCondition.NONE);
	}

	private BookingService bookings() {
		return this.service.bookings();
	}

	private static UserId user(String name, int number) {
		return new UserId(name + "-" + number);
	}

	/** The users take turns in the order of their numbers, again and again. */
	private UserId turnUser(int number) {
		return user("turn", number % (REGISTERED_TURNS + this.size.waiting()));
	}

	private static void require(Object expected, Object answer) {
		if (!expected.equals(answer)) {
			throw new IllegalStateException("the only correct answer is " + expected + ", but it was " + answer);
		}
	}

	private static <T> Mono<T> expect(T expected, Mono<T> request) {
		return request.doOnNext((outcome) -> require(expected, outcome));
	}

	private Mono<JoinOutcome.Kind> join(UserId user) {
		return expect(JoinOutcome.Kind.JOINED, bookings().join(this.event, user).map(JoinOutcome::kind));
	}

	/** Requests a seat for a new user. */
	Mono<?> refuse() {
		return expect(BookingOutcome.SOLD_OUT, bookings().book(this.event, new UserId("late")));
	}

	/**
	 * Joins the list and leaves it.
	 * @param client the number of the client
	 */
	Mono<?> joinAndLeave(int client) {
		UserId user = user("client", client);
		return join(user).then(Mono.defer(() -> expect(LeaveOutcome.LEFT, bookings().leave(this.event, user))));
	}

	/**
	 * Cancels a seat, so that it is offered, joins the list with its user, and confirms
	 * an offer.
	 */
	Mono<?> offer() {
		int number = this.turn.getAndIncrement();
		UserId user = turnUser(number);
		return expect(ReleaseOutcome.RELEASED, bookings().release(this.event, user)).then(Mono.defer(() -> join(user)))
			.then(Mono.defer(() -> (number < TURNS_TO_CONFIRM) ? Mono.empty() : expect(BookingOutcome.CONFIRMED,
					bookings().book(this.event, turnUser(number - TURNS_TO_CONFIRM + REGISTERED_TURNS)))));
	}

	/** Returns the size of the stored event document in bytes, after all maintenance. */
	Mono<Integer> documentBytes() {
		return new BareDriver(this.service.database()).stableSize(this.event);
	}

	/** Checks the stored numbers, and deletes the event. */
	Mono<Void> close() {
		return this.service.events()
			.ledger(this.event)
			.doOnNext(this::require)
			.then(Mono.defer(() -> new BareDriver(this.service.database()).delete(List.of(this.event))));
	}

	private void require(Ledger ledger) {
		int unconfirmed = Math.min(this.turn.get(), TURNS_TO_CONFIRM);
		require(this.size.waiting(), ledger.waiting().size());
		require(this.size.holds() + unconfirmed, ledger.holds().size());
		require(ledger.holds().size(), ledger.held());
		require(this.size.registrations() + REGISTERED_TURNS - unconfirmed, ledger.registrations().size());
		require(ledger.registrations().size(), ledger.ticketsSold());
		require(ledger.capacity(), ledger.ticketsSold() + ledger.held());
		require(IntStream.range(0, this.size.registrations()).mapToObj((number) -> user("registered", number)).toList(),
				ledger.registrations().subList(0, this.size.registrations()));
	}

	/** What an event has when its runs begin. */
	record Size(int registrations, int holds, int waiting) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%,d registrations, %,d holds, %,d waiting users", this.registrations,
					this.holds, this.waiting);
		}

	}

}
