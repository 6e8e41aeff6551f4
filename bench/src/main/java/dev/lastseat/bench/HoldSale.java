package dev.lastseat.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A sale to the last seat. Each buyer holds a seat and confirms the hold, but 30 % of the
 * buyers let it expire. All of these are among the first, so that a sale takes the time
 * of one hold. A buyer who is refused leaves, and the next one comes a little later.
 */
final class HoldSale {

	/** The clients of a sale. */
	private static final int CLIENTS = 16;

	private static final int SEATS = 700;

	/**
	 * Of seven holds for the first {@link #SEATS}, three expire and are made again by
	 * other buyers: three of ten buyers.
	 */
	private static final int CYCLE = 7;

	private static final int EXPIRING = 3;

	private static final SaleTerms TERMS = new SaleTerms(null, null, SaleTerms.MIN_HOLD_SECONDS);

	/** The pause of a client after a refusal. */
	private static final Duration PAUSE = Duration.ofMillis(200);

	/**
	 * How far the clocks may differ: the service rounds to milliseconds, and the clock of
	 * the machine may be corrected while a sale lasts.
	 */
	private static final Duration TOLERANCE = Duration.ofMillis(100);

	/** The time limit of a sale: no sale takes as long. */
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final LoadGenerator generator;

	private final BenchSettings settings;

	HoldSale(LoadGenerator generator, BenchSettings settings) {
		this.generator = generator;
		this.settings = settings;
	}

	/** Runs a sale and checks it. */
	Mono<Run> run(Service service) {
		int seats = this.settings.atMost(SEATS);
		return service.bookings()
			.create(new EventDraft("A sale with holds", null, SOME_DAY, null, seats, TERMS))
			.flatMap((event) -> this.generator
				.connected(service.port(), CLIENTS,
						(connections) -> run(service, new Sale(event.id(), seats), connections))
				.delayUntil((done) -> new BareDriver(service.database()).delete(List.of(event.id()))));
	}

	private static Mono<Run> run(Service service, Sale sale, List<Connection> connections) {
		return service.metered(sale.run(connections))
			.delayUntil((done) -> sale.check(service.events().ledger(sale.event)));
	}

	/** One sale. Used by the thread of the load. */
	private final class Sale {

		private final EventId event;

		private final String path;

		private final int seats;

		private final LatencyRecorder latencies = new LatencyRecorder(HoldSale.this.generator.clock(), LIMIT);

		private final Recorder recorder;

		private int registered;

		private int users;

		private int holds;

		Sale(EventId event, int seats) {
			this.event = event;
			this.path = "/api/v1/events/" + event;
			this.seats = seats;
			this.recorder = new Recorder(event, seats, TERMS, TOLERANCE, Clock.systemUTC(), System::nanoTime);
		}

		Mono<Run> run(List<Connection> connections) {
			return Flux.fromIterable(connections)
				.flatMap((connection) -> Mono.defer(() -> buyer(connection)).repeat(this::isOpen), CLIENTS)
				.then(Mono.fromSupplier(this.latencies::run));
		}

		private boolean isOpen() {
			return this.registered < this.seats;
		}

		private Mono<Void> buyer(Connection connection) {
			UserId user = new UserId(RequestTemplate.user(this.users++));
			Mono<HoldOutcome> hold = connection.send("PUT", this.path + "/holds/" + user.value())
				.map((reply) -> AnswerReader.held(reply, user));
			return measured(this.recorder.hold(user, hold))
				.flatMap((outcome) -> (outcome.kind() == HoldOutcome.Kind.HELD) ? confirmOrLeave(connection, user)
						: Mono.delay(PAUSE, HoldSale.this.generator.clock()).then());
		}

		private Mono<Void> confirmOrLeave(Connection connection, UserId user) {
			int hold = this.holds++;
			if (hold < this.seats && hold % CYCLE < EXPIRING) {
				return Mono.empty();
			}
			Mono<BookingOutcome> confirmation = connection
				.post(this.path + "/registrations", RequestTemplate.body(user.value()))
				.map((reply) -> confirmed(AnswerReader.outcome(reply)));
			return measured(this.recorder.book(user, confirmation)).then();
		}

		/** The response of a confirmation is that of a booking. */
		private BookingOutcome confirmed(BookingOutcome outcome) {
			if (outcome != BookingOutcome.BOOKED) {
				throw new IllegalStateException("a wrong answer: " + outcome + " to a user with a hold");
			}
			this.registered++;
			return BookingOutcome.CONFIRMED;
		}

		Mono<Void> check(Mono<Ledger> read) {
			return this.recorder.history(read)
				.doOnNext(this::requireSoldOut)
				.doOnNext(RecordedEvent::requireExplained)
				.then();
		}

		private void requireSoldOut(History history) {
			Ledger ledger = Objects.requireNonNull(history.ledger());
			if (ledger.ticketsSold() != this.seats || ledger.held() != 0) {
				throw new IllegalStateException("a wrong state after a sale: " + ledger);
			}
		}

		private <T> Mono<T> measured(Mono<T> request) {
			Mono<T> once = request.cache();
			return this.latencies.now(once).then(once);
		}

	}

}
