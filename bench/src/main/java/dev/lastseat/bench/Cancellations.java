package dev.lastseat.bench;

import java.util.List;
import java.util.function.Function;

import dev.lastseat.booking.ReleaseOutcome;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bookings of one hot event, with and without cancellations beside them. Both loads are
 * open loops with connections of their own. The bookings are measured.
 */
final class Cancellations {

	/**
	 * Bookings each second: with the most cancellations that is about half of what two
	 * cores can do, so that the load itself does not make requests wait.
	 */
	private static final double BOOKINGS = 1000;

	/**
	 * Of each load. Enough for the bookings when an answer takes a second. With twice as
	 * many cancellations, more than half a second for each of them makes their requests
	 * wait for a connection, which counts as latency.
	 */
	private static final int CONNECTIONS = 1024;

	/** Registrations of one write while the event is filled. */
	private static final int BATCH = 500;

	private final Generator generator;

	private final BenchSettings settings;

	private final Workloads workloads;

	Cancellations(Generator generator, BenchSettings settings, Workloads workloads) {
		this.generator = generator;
		this.settings = settings;
		this.workloads = workloads;
	}

	/**
	 * @param rate of the cancellations, each second
	 * @param held whether each cancellation is of a user with a seat, or each of a user
	 * without one
	 */
	Mono<Run> beside(Service service, int rate, boolean held) {
		return selling(service, 1, rate, held, (sales) -> beside(service, sales.get(0), sales.get(0), rate, held));
	}

	/**
	 * The same load, with the cancellations of another event: what the machine costs the
	 * bookings, and not their queue.
	 */
	Mono<Run> besideOther(Service service, int rate, boolean held) {
		return selling(service, 2, rate, held, (sales) -> beside(service, sales.get(0), sales.get(1), rate, held));
	}

	private Mono<Run> beside(Service service, Sale booked, Sale cancelled, int rate, boolean held) {
		OpenLoop cancellations = openLoop(rate);
		ReleaseOutcome expected = held ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_REGISTERED;
		return connected(service, (ours) -> connected(service, (theirs) -> {
			Mono<Run> beside = cancellations.run(theirs,
					(connection, number) -> cancelled.cancel(connection, canceller(number), expected));
			return metered(service,
					Mono.zip(bookings(booked, ours), beside).map((both) -> both.getT1().beside(both.getT2())));
		}));
	}

	/**
	 * The same bookings of an event that is prepared in the same way, and no
	 * cancellations.
	 */
	Mono<Run> without(Service service, int rate, boolean held) {
		return selling(service, 1, rate, held,
				(sales) -> connected(service, (connections) -> metered(service, bookings(sales.get(0), connections))));
	}

	private Mono<Run> selling(Service service, int events, int rate, boolean held,
			Function<List<Sale>, Mono<Run>> run) {
		return this.workloads.selling(service, events, Sale.AMPLE,
				(sales) -> Flux.fromIterable(sales)
					.concatMap((sale) -> register(sale, held ? openLoop(rate).requests() : 0))
					.then(run.apply(sales)));
	}

	private static Mono<Void> register(Sale sale, int users) {
		return Flux.range(0, users).map(Cancellations::canceller).buffer(BATCH).concatMap(sale::register).then();
	}

	private Mono<Run> bookings(Sale sale, List<Connection> connections) {
		return openLoop(BOOKINGS).run(connections, (connection, number) -> sale.book(connection, "booker-" + number));
	}

	private static String canceller(int number) {
		return "canceller-" + number;
	}

	private Mono<Run> connected(Service service, Function<List<Connection>, Mono<Run>> run) {
		return this.generator.connected(service.port(), CONNECTIONS, run);
	}

	private OpenLoop openLoop(double rate) {
		return new OpenLoop(this.generator.clock(), rate, this.settings.length());
	}

	private static Mono<Run> metered(Service service, Mono<Run> run) {
		return new Meter(service).metered(run);
	}

}
