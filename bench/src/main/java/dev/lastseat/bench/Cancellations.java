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
	 * Bookings per second. With the highest rate of cancellations the load is about half
	 * of the capacity of two cores, so the load itself does not delay requests.
	 */
	private static final double BOOKINGS = 1000;

	/**
	 * The connections of each load. Enough for the bookings at a latency of one second.
	 * At the highest rate, cancellations that take more than half a second wait for a
	 * connection, which counts as latency.
	 */
	private static final int CONNECTIONS = 1024;

	/** Registrations in one write while the event is filled. */
	private static final int BATCH = 500;

	private final LoadGenerator generator;

	private final BenchSettings settings;

	private final Workloads workloads;

	Cancellations(LoadGenerator generator, BenchSettings settings, Workloads workloads) {
		this.generator = generator;
		this.settings = settings;
		this.workloads = workloads;
	}

	/**
	 * @param rate the cancellations per second
	 * @param held whether the cancelled users have a seat
	 */
	Mono<Run> beside(Service service, int rate, boolean held) {
		return withEvents(service, 1, rate, held,
				(recorded) -> beside(service, recorded.get(0), recorded.get(0), rate, held));
	}

	/**
	 * The same load, with the cancellations on another event. Shows the effect of a busy
	 * machine without the effect of the shared queue.
	 */
	Mono<Run> besideOther(Service service, int rate, boolean held) {
		return withEvents(service, 2, rate, held,
				(recorded) -> beside(service, recorded.get(0), recorded.get(1), rate, held));
	}

	private Mono<Run> beside(Service service, RecordedEvent booked, RecordedEvent cancelled, int rate, boolean held) {
		OpenLoop cancellations = openLoop(rate);
		ReleaseOutcome expected = held ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_REGISTERED;
		return connected(service, (bookingConnections) -> connected(service, (cancelConnections) -> {
			Mono<Run> beside = cancellations.run(cancelConnections,
					(connection, number) -> cancelled.cancel(connection, cancellingUser(number), expected));
			return service.metered(Mono.zip(bookings(booked, bookingConnections), beside)
				.map((both) -> both.getT1().beside(both.getT2())));
		}));
	}

	/**
	 * The same bookings of an event that is prepared in the same way, without
	 * cancellations.
	 */
	Mono<Run> without(Service service, int rate, boolean held) {
		return withEvents(service, 1, rate, held, (recorded) -> connected(service,
				(connections) -> service.metered(bookings(recorded.get(0), connections))));
	}

	private Mono<Run> withEvents(Service service, int events, int rate, boolean held,
			Function<List<RecordedEvent>, Mono<Run>> run) {
		return this.workloads.withEvents(service, events, RecordedEvent.UNLIMITED,
				(recorded) -> Flux.fromIterable(recorded)
					.concatMap((event) -> register(event, held ? openLoop(rate).requests() : 0))
					.then(run.apply(recorded)));
	}

	private static Mono<Void> register(RecordedEvent event, int users) {
		return Flux.range(0, users).map(Cancellations::cancellingUser).buffer(BATCH).concatMap(event::register).then();
	}

	private Mono<Run> bookings(RecordedEvent event, List<Connection> connections) {
		return openLoop(BOOKINGS).run(connections, (connection, number) -> event.book(connection, "booker-" + number));
	}

	private static String cancellingUser(int number) {
		return "canceller-" + number;
	}

	private Mono<Run> connected(Service service, Function<List<Connection>, Mono<Run>> run) {
		return this.generator.connected(service.port(), CONNECTIONS, run);
	}

	private OpenLoop openLoop(double rate) {
		return new OpenLoop(this.generator.clock(), rate, this.settings.length());
	}

}
