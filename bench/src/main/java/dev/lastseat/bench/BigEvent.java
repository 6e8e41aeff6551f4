package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
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
 * An event that many people are registered for already. Whatever is asked of it has one
 * right answer, which is insisted on; so in the end it is known who has to be registered.
 */
final class BigEvent {

	/** Who is registered by one write while the event is filled. */
	private static final int GROUP = 500;

	/** With every so many, it is said how far the filling is. */
	private static final int MILESTONE = 100_000;

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final Service service;

	private final EventId event;

	private final int registrations;

	private final AtomicInteger newcomers = new AtomicInteger();

	private final AtomicInteger movers = new AtomicInteger();

	private final AtomicInteger repeaters = new AtomicInteger();

	private BigEvent(Service service, EventId event, int registrations) {
		this.service = service;
		this.event = event;
		this.registrations = registrations;
	}

	/**
	 * Fills a new event, by large groups and past the lanes, and waits until its document
	 * is as small as it gets.
	 */
	static Mono<BigEvent> filled(Service service, int registrations, PrintWriter progress) {
		return service.bookings()
			.create(new EventDraft("A big event", null, SOME_DAY, null, EventDraft.MAX_CAPACITY))
			.map((event) -> new BigEvent(service, event.id(), registrations))
			.delayUntil((event) -> event.fill(progress))
			.delayUntil(BigEvent::settled);
	}

	private Mono<Void> fill(PrintWriter progress) {
		return Flux.range(0, (this.registrations + GROUP - 1) / GROUP)
			.map((group) -> group * GROUP)
			.concatMap((first) -> {
				if (first > 0 && first % MILESTONE == 0) {
					progress.printf(Locale.ROOT, "... %,d of %,d are registered%n", first, this.registrations);
					progress.flush();
				}
				List<Request> bookings = IntStream.range(first, Math.min(first + GROUP, this.registrations))
					.<Request>mapToObj((number) -> new Request.Booking(holder(number)))
					.toList();
				return this.service.events().decide(this.event, bookings);
			})
			.doOnNext((decision) -> require(BookingOutcome.BOOKED, decision.outcome()))
			.then();
	}

	/**
	 * The registrations that leave the document do so behind the booker's back: it is
	 * waited for until that stands still.
	 */
	private Mono<Void> settled() {
		return Mono.defer(this::documentBytes)
			.repeatWhen((times) -> times.delayElements(POLL_INTERVAL))
			.buffer(3, 1)
			.takeUntil((sizes) -> sizes.stream().distinct().count() == 1)
			.then();
	}

	private static UserId holder(int number) {
		return new UserId("holder-" + number);
	}

	private static UserId newcomer(int number) {
		return new UserId("newcomer-" + number);
	}

	private static <T> void require(T expected, T answer) {
		if (!expected.equals(answer)) {
			throw new IllegalStateException("the only right answer is " + expected + ", and it was " + answer);
		}
	}

	int registrations() {
		return this.registrations;
	}

	/** Somebody new gets a seat. */
	Mono<BookingOutcome> book() {
		return book(newcomer(this.newcomers.getAndIncrement()), BookingOutcome.BOOKED);
	}

	/**
	 * Somebody new gets none: for an event that is {@linkplain #soldOut sold out}.
	 */
	Mono<BookingOutcome> refuse() {
		return book(new UserId("late"), BookingOutcome.SOLD_OUT);
	}

	/** Somebody who holds one of the older seats asks for another. */
	Mono<BookingOutcome> repeat() {
		int half = this.registrations / 2;
		return book(holder(half + this.repeaters.getAndIncrement() % Math.max(1, half / 2)),
				BookingOutcome.ALREADY_REGISTERED);
	}

	/**
	 * Somebody gives one of the oldest seats back, and then takes another.
	 * @param client which of a few at once: in a small event each has a seat of its own
	 */
	Mono<BookingOutcome> move(int client) {
		int half = this.registrations / 2;
		UserId user = holder((half < MILESTONE / 10) ? client : this.movers.getAndIncrement() % half);
		return this.service.bookings()
			.release(this.event, user)
			.doOnNext((outcome) -> require(ReleaseOutcome.RELEASED, outcome))
			.then(Mono.defer(() -> book(user, BookingOutcome.BOOKED)));
	}

	/** A few of those who are registered, from three quarters in. */
	Mono<Page<UserId, RegistrationCursor>> page() {
		int position = this.registrations * 3 / 4;
		return this.service.bookings()
			.registrations(this.event, new RegistrationCursor(position, holder(position - 1)), 2)
			.doOnNext((page) -> require(2, page.items().size()));
	}

	private Mono<BookingOutcome> book(UserId user, BookingOutcome expected) {
		return this.service.bookings().book(this.event, user).doOnNext((outcome) -> require(expected, outcome));
	}

	/**
	 * Takes all free seats away while something goes on.
	 */
	<T> Mono<T> soldOut(Mono<T> work) {
		return this.service.bookings()
			.find(this.event)
			.flatMap((now) -> resize(now.ticketsSold()))
			.then(work)
			.delayUntil((done) -> resize(EventDraft.MAX_CAPACITY));
	}

	private Mono<ChangeOutcome> resize(int capacity) {
		return this.service.bookings()
			.change(this.event, EventChange.ofCapacity(capacity), RevisionCondition.NONE)
			.doOnNext((outcome) -> require(ChangeOutcome.CHANGED, outcome));
	}

	/** How large its document is, as it is stored. */
	Mono<Integer> documentBytes() {
		return new BareDriver(this.service.database()).size(this.event);
	}

	/**
	 * Makes sure that those are registered who have to be, and deletes the event.
	 */
	Mono<Void> close() {
		return this.service.events()
			.ledger(this.event)
			.doOnNext(this::requireAll)
			.then(Mono.defer(() -> new BareDriver(this.service.database()).delete(List.of(this.event))));
	}

	private void requireAll(Ledger ledger) {
		Set<UserId> missing = new HashSet<>();
		IntStream.range(0, this.registrations).mapToObj(BigEvent::holder).forEach(missing::add);
		IntStream.range(0, this.newcomers.get()).mapToObj(BigEvent::newcomer).forEach(missing::add);
		int expected = missing.size();
		ledger.registrations().forEach(missing::remove);
		require(expected, ledger.registrations().size());
		require(expected, ledger.ticketsSold());
		require(0, missing.size());
	}

}
