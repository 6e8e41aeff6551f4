package dev.lastseat.proof;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sale of a few seats that opens during a run. Its buyers hold seats and confirm the
 * holds, give them back or let them expire; they book and cancel; some are parties.
 */
final class SmallSale {

	private static final int SEATS = 8;

	/** Together they want more than twice as many seats as there are. */
	private static final List<Buyer> BUYERS = List.of(Buyer.EXPIRE, Buyer.EXPIRE, Buyer.CONFIRM, Buyer.CONFIRM,
			Buyer.GIVE_BACK, Buyer.GIVE_BACK, Buyer.CANCEL, Buyer.BOOK, Buyer.BOOK, Buyer.PARTY, Buyer.PARTY,
			Buyer.PARTY_HOLD);

	/** The first request of a buyer comes at most so long before the opening. */
	private static final Duration BEFORE_OPENING = Duration.ofMillis(200);

	/** All buyers come within this time, in milliseconds. */
	private static final int ARRIVALS = 1_000;

	/** Longest time between two requests of a buyer, in milliseconds. */
	private static final int MAX_PAUSE = 300;

	private static final int LATE_BUYERS = SEATS + 2;

	private static final String LATE = "late-";

	private final Random random;

	private final SaleTerms terms;

	private final RecordedEvent event;

	private final SaleRequests requests;

	/** Creates the event. */
	SmallSale(List<ServiceProcess> services, Random random, Instant opensAt, ServiceClient client) {
		this.random = random;
		this.terms = new SaleTerms(opensAt, null, SaleTerms.MIN_HOLD_SECONDS);
		this.event = new RecordedEvent(
				services, services.get(0).createEvent(SEATS, this.terms), (event) -> new Recorder(event, SEATS,
						this.terms, SaleClient.TOLERANCE, Clock.systemUTC(), System::nanoTime),
				new BookingClient(client));
		this.requests = new SaleRequests(this.event, client, random);
	}

	RecordedEvent event() {
		return this.event;
	}

	/**
	 * Sends one booking at once, before the opening, and the requests of the buyers
	 * around the opening. Buyers that would come after the signal are left out.
	 */
	Mono<Void> run(Mono<?> until) {
		Mono<Void> buyers = Flux.fromIterable(IntStream.range(0, BUYERS.size()).boxed().toList())
			.flatMap((number) -> Mono.delay(arrival(BUYERS.get(number)))
				.takeUntilOther(until)
				.flatMap((now) -> buy(number).onErrorComplete().then()), BUYERS.size())
			.then();
		return Mono.when(this.requests.book(new UserId("early")).onErrorComplete(), buyers);
	}

	/** Buyers that let their holds expire come first, so that they get a seat. */
	private Duration arrival(Buyer buyer) {
		int latest = (buyer == Buyer.EXPIRE) ? ARRIVALS / 4 : ARRIVALS;
		return until(this.terms.opensAt().minus(BEFORE_OPENING)).plusMillis(this.random.nextInt(latest));
	}

	/**
	 * Books for further users, from the moment on at which the first holds have expired.
	 */
	Mono<Void> buyLate() {
		Instant expiry = this.terms.endOfHold(this.terms.opensAt()).plus(SaleClient.TOLERANCE);
		return Flux.range(0, LATE_BUYERS)
			.flatMap((number) -> Mono.delay(until(expiry).plusMillis(this.random.nextInt(ARRIVALS)))
				.then(this.requests.book(new UserId(LATE + number)))
				.onErrorComplete(), LATE_BUYERS)
			.then();
	}

	/** Fails when the sales had no holds or no parties. */
	static void requireHoldsAndParties(List<History> sales) {
		OperationCounts counts = OperationCounts
			.of(sales.stream().flatMap((sale) -> sale.operations().stream()).toList());
		assertThat(List.of(counts.holds(), counts.parties())).as("requests for holds, and of parties")
			.allMatch((count) -> count > 0);
	}

	/** The number of bookings of these users. */
	static long lateBookings(List<History> histories) {
		return histories.stream()
			.flatMap((history) -> history.operations().stream())
			.filter((operation) -> operation.answer() == Answer.BOOKED
					&& operation.users().get(0).value().startsWith(LATE))
			.count();
	}

	private static Duration until(Instant time) {
		Duration left = Duration.between(Instant.now(), time);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private Mono<?> buy(int number) {
		UserId user = new UserId("buyer." + number);
		return switch (BUYERS.get(number)) {
			case EXPIRE -> twice(hold(user));
			case CONFIRM -> hold(user).flatMap((hold) -> afterPause(this.requests.confirm(hold)));
			case GIVE_BACK -> hold(user).flatMap((hold) -> afterPause(this.requests.release(hold)));
			case BOOK -> twice(book(user));
			case CANCEL -> book(user).filter(BookingOutcome.BOOKED::equals)
				.flatMap((outcome) -> afterPause(this.requests.cancel(user)));
			case PARTY -> twice(bookParty(number));
			case PARTY_HOLD -> holdParty(number).flatMapMany((outcome) -> Flux.fromIterable(outcome.held()))
				.flatMap((hold) -> afterPause(this.requests.confirm(hold)).onErrorComplete())
				.then();
		};
	}

	private Mono<BookingOutcome> book(UserId user) {
		return onceOpen(this.requests.book(user), (outcome) -> outcome == BookingOutcome.NOT_OPEN);
	}

	/** Empty when the user has no hold. */
	private Mono<Hold> hold(UserId user) {
		return onceOpen(this.requests.hold(user), (outcome) -> outcome.kind() == HoldOutcome.Kind.NOT_OPEN)
			.mapNotNull(HoldOutcome::hold);
	}

	private Mono<PartyOutcome> bookParty(int number) {
		return onceOpen(this.requests.bookParty(party(number)),
				(outcome) -> outcome.kind() == PartyOutcome.Kind.NOT_OPEN);
	}

	private Mono<PartyHoldOutcome> holdParty(int number) {
		return onceOpen(this.requests.holdParty(party(number)),
				(outcome) -> outcome.kind() == HoldOutcome.Kind.NOT_OPEN);
	}

	/** Two or three users. */
	private static List<UserId> party(int number) {
		return IntStream.range(0, 2 + number % 2)
			.mapToObj((place) -> new UserId("party." + number + "." + place))
			.toList();
	}

	private Mono<Void> twice(Mono<?> request) {
		return Mono.when(request.onErrorComplete(), afterPause(request.onErrorComplete()));
	}

	private <T> Mono<T> afterPause(Mono<T> next) {
		return Mono.delay(Duration.ofMillis(this.random.nextInt(MAX_PAUSE))).then(next);
	}

	/** Repeats a request that is refused because the sale has not opened. */
	private <T> Mono<T> onceOpen(Mono<T> request, Predicate<T> isNotOpen) {
		return request.flatMap((outcome) -> isNotOpen.test(outcome)
				? Mono.delay(until(this.terms.opensAt()).plusMillis(1)).then(onceOpen(request, isNotOpen))
				: Mono.just(outcome));
	}

	/** What a buyer does. */
	private enum Buyer {

		/** Holds a seat twice at about the same time, and sends nothing more. */
		EXPIRE,

		/** Holds a seat and confirms the hold. */
		CONFIRM,

		/** Holds a seat and gives it back. */
		GIVE_BACK,

		/** Books twice at about the same time. */
		BOOK,

		/** Books and cancels. */
		CANCEL,

		/** Books for a party twice at about the same time. */
		PARTY,

		/** Holds seats for a party, whose users confirm their holds. */
		PARTY_HOLD

	}

}
