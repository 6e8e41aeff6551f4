package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.RevisionCondition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event with many registrations. Every request to it has exactly one correct answer,
 * and another answer is an error. So the final set of registered users is known.
 */
final class BigEvent {

	/** Registrations between two progress messages. */
	private static final int PROGRESS_INTERVAL = 100_000;

	/**
	 * With fewer older seats than this each client has its own user. Otherwise the
	 * clients take the users in turn.
	 */
	private static final int MIN_SHARED_SEATS = 10_000;

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final Service service;

	private final EventId event;

	private final int registrations;

	private final AtomicInteger newUsers = new AtomicInteger();

	private final AtomicInteger movers = new AtomicInteger();

	private final AtomicInteger repeaters = new AtomicInteger();

	private BigEvent(Service service, EventId event, int registrations) {
		this.service = service;
		this.event = event;
		this.registrations = registrations;
	}

	/**
	 * Creates an event and fills it by large batches, without the event queue. Then it
	 * waits until maintenance has sealed all segments that it can.
	 */
	static Mono<BigEvent> filled(Service service, int registrations, PrintWriter progress) {
		return service.bookings()
			.create(new EventDraft("A big event", null, SOME_DAY, null, EventDraft.MAX_CAPACITY))
			.map((event) -> new BigEvent(service, event.id(), registrations))
			.delayUntil((event) -> event.fill(progress))
			.delayUntil((event) -> new BareDriver(service.database()).stableSize(event.event));
	}

	private Mono<Void> fill(PrintWriter progress) {
		Flux<Request> bookings = Flux.range(0, this.registrations)
			.map((number) -> new Request.Booking(registeredUser(number)));
		return this.service.decideAll(this.event, bookings)
			.doOnNext((decision) -> require(BookingOutcome.BOOKED, decision.outcome()))
			.index((index, decision) -> index + 1)
			.filter((registered) -> registered % PROGRESS_INTERVAL == 0 && registered < this.registrations)
			.doOnNext((registered) -> {
				progress.printf(Locale.ROOT, "... %,d of %,d are registered%n", registered, this.registrations);
				progress.flush();
			})
			.then();
	}

	private static UserId registeredUser(int number) {
		return new UserId("registered-" + number);
	}

	private static UserId newUser(int number) {
		return new UserId("new-" + number);
	}

	private static <T> void require(T expected, T answer) {
		if (!expected.equals(answer)) {
			throw new IllegalStateException("the only correct answer is " + expected + ", but it was " + answer);
		}
	}

	int registrations() {
		return this.registrations;
	}

	/** Books a seat for a new user. */
	Mono<BookingOutcome> book() {
		return book(newUser(this.newUsers.getAndIncrement()), BookingOutcome.BOOKED);
	}

	/**
	 * Requests a seat for a new user of an event that is {@linkplain #soldOut sold out}.
	 */
	Mono<BookingOutcome> refuse() {
		return book(new UserId("late"), BookingOutcome.SOLD_OUT);
	}

	/** Requests a seat for a user who has one of the older seats. */
	Mono<BookingOutcome> repeat() {
		int half = this.registrations / 2;
		return book(registeredUser(half + this.repeaters.getAndIncrement() % Math.max(1, half / 2)),
				BookingOutcome.ALREADY_REGISTERED);
	}

	/**
	 * Cancels one of the oldest seats and books again for the same user.
	 * @param client the number of the client
	 */
	Mono<BookingOutcome> move(int client) {
		int half = this.registrations / 2;
		UserId user = registeredUser((half < MIN_SHARED_SEATS) ? client : this.movers.getAndIncrement() % half);
		return this.service.bookings()
			.release(this.event, user)
			.doOnNext((outcome) -> require(ReleaseOutcome.RELEASED, outcome))
			.then(Mono.defer(() -> book(user, BookingOutcome.BOOKED)));
	}

	/** Reads a short page of registrations at three quarters of the list. */
	Mono<Page<UserId, RegistrationCursor>> page() {
		int index = this.registrations * 3 / 4;
		return this.service.bookings()
			.registrations(this.event, new RegistrationCursor(index, registeredUser(index - 1)), 2)
			.doOnNext((page) -> require(2, page.items().size()));
	}

	private Mono<BookingOutcome> book(UserId user, BookingOutcome expected) {
		return this.service.bookings().book(this.event, user).doOnNext((outcome) -> require(expected, outcome));
	}

	/** Removes all free seats of the event during the given work. */
	<T> Mono<T> soldOut(Mono<T> work) {
		return this.service.bookings()
			.find(this.event)
			.flatMap((event) -> resize(event.ticketsSold()))
			.then(work)
			.delayUntil((done) -> resize(EventDraft.MAX_CAPACITY));
	}

	private Mono<ChangeOutcome> resize(int capacity) {
		return this.service.bookings()
			.change(this.event, EventChange.ofCapacity(capacity), RevisionCondition.NONE)
			.doOnNext((outcome) -> require(ChangeOutcome.CHANGED, outcome));
	}

	/** Returns the size of the stored event document in bytes. */
	Mono<Integer> documentBytes() {
		return new BareDriver(this.service.database()).size(this.event);
	}

	/**
	 * Checks that exactly the expected users are registered, and deletes the event.
	 */
	Mono<Void> close() {
		return this.service.events()
			.ledger(this.event)
			.doOnNext(this::requireAll)
			.then(Mono.defer(() -> new BareDriver(this.service.database()).delete(List.of(this.event))));
	}

	private void requireAll(Ledger ledger) {
		Set<UserId> missing = new HashSet<>();
		IntStream.range(0, this.registrations).mapToObj(BigEvent::registeredUser).forEach(missing::add);
		IntStream.range(0, this.newUsers.get()).mapToObj(BigEvent::newUser).forEach(missing::add);
		int expected = missing.size();
		ledger.registrations().forEach(missing::remove);
		require(expected, ledger.registrations().size());
		require(expected, ledger.ticketsSold());
		require(0, missing.size());
	}

}
