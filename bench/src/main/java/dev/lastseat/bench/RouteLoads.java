package dev.lastseat.bench;

import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * The loads that are compared with the {@linkplain BareRoute bare route}: one kind of
 * request, for the time of a run.
 */
final class RouteLoads {

	/** The clients of these loads. */
	static final int CLIENTS = 128;

	/** A user with a seat, whose registration is read. */
	private static final String READER = "reader";

	private final LoadGenerator generator;

	private final Workloads workloads;

	RouteLoads(LoadGenerator generator, Workloads workloads) {
		this.generator = generator;
		this.workloads = workloads;
	}

	/** All clients book seats of one event during the time of a run, and all succeed. */
	Mono<Run> booking(Service service) {
		return this.workloads.withEvents(service, 1, RecordedEvent.UNLIMITED,
				(recorded) -> window(service, BookingExchange.of(recorded.get(0))));
	}

	/** All clients request seats of one sold-out event, and all are refused. */
	Mono<Run> soldOut(Service service) {
		return this.workloads.withEvents(service, 1, 1,
				(recorded) -> recorded.get(0)
					.book("the-last")
					.then(window(service, BookingExchange.of(recorded.get(0)))));
	}

	/** All clients read the status of one event. */
	Mono<Run> status(Service service) {
		return reading(service, (event) -> event.resource() + "/status");
	}

	/** All clients read one event. */
	Mono<Run> event(Service service) {
		return reading(service, RecordedEvent::resource);
	}

	/** All clients read one registration. */
	Mono<Run> registration(Service service) {
		return reading(service, (event) -> event.registrations() + "/" + READER);
	}

	private Mono<Run> reading(Service service, Function<RecordedEvent, String> path) {
		return this.workloads.withEvents(service, 1, RecordedEvent.UNLIMITED,
				(recorded) -> recorded.get(0)
					.book(READER)
					.then(window(service, new SameAnswer(RequestTemplate.get(path.apply(recorded.get(0)))))));
	}

	/** The requests of bookings, answered by the bare route. */
	Mono<Run> barePosts(MeasuredProcess bare) {
		return bare(bare, RequestTemplate.booking(BareRoute.PATH));
	}

	/** Reads, answered by the bare route. */
	Mono<Run> bareGets(MeasuredProcess bare) {
		return bare(bare, RequestTemplate.get(BareRoute.PATH));
	}

	private Mono<Run> bare(MeasuredProcess bare, RequestTemplate request) {
		return Mono.defer(() -> this.generator.connected(bare.address().port(), CLIENTS, (connections) -> Service
			.metered(bare.cost(), this.workloads.window(connections).run(new SameAnswer(request)))));
	}

	private Mono<Run> window(Service service, Exchange exchange) {
		return this.generator.connected(service.port(), CLIENTS,
				(connections) -> service.metered(this.workloads.window(connections).run(exchange)));
	}

}
