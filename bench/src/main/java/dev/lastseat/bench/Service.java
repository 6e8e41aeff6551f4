package dev.lastseat.bench;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventRepository;
import reactor.core.publisher.Mono;

/**
 * An instance of the service that is measured, in a process of its own.
 *
 * @param process its process
 * @param bookings prepares runs without HTTP: a service of this process, on the same
 * database
 * @param events reads the stored state, likewise
 * @param database the database, by the client of this process
 * @param own measures this process
 */
record Service(MeasuredProcess process, BookingService bookings, EventRepository events, MongoDatabase database,
		CostMeter own) {

	int port() {
		return this.process.address().port();
	}

	/** Adds the cost of the measured process to the result of a run. */
	Mono<Run> metered(Mono<Run> run) {
		return metered(this.process.cost(), run);
	}

	/** Adds the cost of this process to the result of a run without HTTP. */
	Mono<Run> meteredHere(Mono<Run> run) {
		return metered(Mono.fromSupplier(this.own::read), run);
	}

	static Mono<Run> metered(Mono<Cost> cost, Mono<Run> run) {
		return cost.flatMap((before) -> run.flatMap((done) -> cost.map((after) -> done.with(after.minus(before)))));
	}

}
