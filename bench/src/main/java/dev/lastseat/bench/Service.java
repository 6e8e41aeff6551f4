package dev.lastseat.bench;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Request;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An instance of the service that is measured, in a process of its own.
 *
 * @param process its process
 * @param bookings prepares runs without HTTP: a service of this process, on the same
 * database
 * @param events fills events and reads the stored state, likewise
 * @param database the database, by the client of this process
 * @param own measures this process
 */
record Service(MeasuredProcess process, BookingService bookings, EventRepository events, MongoDatabase database,
		CostMeter own) {

	/** Requests in one write while an event is filled. */
	private static final int BATCH = 500;

	int port() {
		return this.process.address().port();
	}

	/**
	 * Decides requests in their order by large batches, without HTTP and the event queue.
	 * Lazy.
	 */
	Flux<Decision> decideAll(EventId event, Flux<Request> requests) {
		return requests.buffer(BATCH).concatMap((batch) -> this.events.decide(event, batch));
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
