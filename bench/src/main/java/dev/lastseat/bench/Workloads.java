package dev.lastseat.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

import dev.lastseat.booking.BookingOutcome;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The load of each run. Every run uses new events and new connections, created before the
 * clock starts. At its end the histories are checked and the events are deleted, so all
 * runs find the same database.
 * <p>
 * A run of a closed loop with both sides on the service has a number of requests and not
 * a duration. A booking costs more the more registrations the event has, so both sides of
 * a pair must reach the same size. A side that is too slow is stopped at a time limit.
 * Its event is then smaller, which is to its advantage. An open loop has a duration, and
 * moves on to another event after as many bookings as a closed loop makes.
 */
final class Workloads {

	/** One request in ten is for a registered user. */
	private static final int DUPLICATE_INTERVAL = 10;

	/** Users who are registered before a run with duplicates. */
	private static final int REGISTERED_USERS = 100;

	/** Requests for each seat of a sale. */
	private static final int REQUESTS_PER_SEAT = 5;

	/** The number of quiet events. */
	private static final int QUIET_EVENTS = 1000;

	/** The clients of the quiet events. */
	private static final int QUIET_CLIENTS = 64;

	/**
	 * Requests per second for quiet events: far below the capacity of the service.
	 */
	private static final double QUIET_RATE = 200;

	/** Enough connections for that rate at a latency of one second. */
	private static final int QUIET_CONNECTIONS = 256;

	/** The clients of a storm, and of the largest row. */
	static final int MAX_CLIENTS = 256;

	/** Connections in an overload: four times the clients of a storm. */
	private static final int CONNECTIONS = 1024;

	/** The number of hot events that an open loop uses one after the other. */
	private static final int HOT_EVENTS = 16;

	/** Events that are created or checked at the same time. */
	private static final int CONCURRENCY = 16;

	private final LoadGenerator generator;

	/**
	 * The load of a storm has its own thread: otherwise a response to a quiet client
	 * would wait for the load generator to handle those to the storm.
	 */
	private final LoadGenerator stormGenerator;

	private final BenchSettings settings;

	Workloads(LoadGenerator generator, LoadGenerator stormGenerator, BenchSettings settings) {
		this.generator = generator;
		this.stormGenerator = stormGenerator;
		this.settings = settings;
	}

	/** All clients book seats of one event, and all succeed. */
	Mono<Run> hot(Service service, int clients) {
		return hot(service, clients, this.settings.requests());
	}

	/** A single client. */
	Mono<Run> alone(Service service) {
		return hot(service, 1, Math.max(1, this.settings.requests() / 4));
	}

	/** A sale with a seat for one of five requests. */
	Mono<Run> sale(Service service) {
		return hot(service, MAX_CLIENTS, this.settings.requests(),
				Math.max(1, this.settings.requests() / REQUESTS_PER_SEAT));
	}

	private Mono<Run> hot(Service service, int clients, int requests) {
		return hot(service, clients, requests, RecordedEvent.UNLIMITED);
	}

	private Mono<Run> hot(Service service, int clients, int requests, int capacity) {
		return withEvents(service, 1, capacity,
				(recorded) -> closedLoop(service, clients, requests, BookingExchange.of(recorded.get(0))));
	}

	/**
	 * All clients book seats of one event that already has registrations.
	 * @param duplicates whether one request in ten is for a registered user
	 */
	Mono<Run> withDuplicates(Service service, boolean duplicates) {
		IntUnaryOperator user = (number) -> (duplicates && number % DUPLICATE_INTERVAL == 0)
				? registeredUser(number / DUPLICATE_INTERVAL) : number;
		return withEvents(service, 1, RecordedEvent.UNLIMITED,
				(recorded) -> register(recorded.get(0)).then(closedLoop(service, MAX_CLIENTS, this.settings.requests(),
						new BookingExchange(recorded, (number) -> 0, user))));
	}

	private static Mono<BookingOutcome> register(RecordedEvent event) {
		return Flux.range(0, REGISTERED_USERS)
			.concatMap((number) -> event.book(RequestTemplate.user(registeredUser(number))))
			.last();
	}

	private static int registeredUser(int number) {
		return RequestTemplate.MAX_USERS - 1 - number % REGISTERED_USERS;
	}

	/** Many events with few requests each. */
	Mono<Run> quiet(Service service) {
		return withEvents(service, quietEvents(), RecordedEvent.UNLIMITED,
				(recorded) -> this.generator.connected(service.port(), QUIET_CLIENTS,
						(connections) -> service.metered(window(connections).run(eachEvent(recorded)))));
	}

	/** One request for each event in turn. */
	private static Exchange eachEvent(List<RecordedEvent> recorded) {
		return new BookingExchange(recorded, IntUnaryOperator.identity(), IntUnaryOperator.identity());
	}

	/** The same bookings by the driver alone. */
	Mono<Run> bareDriver(Service service) {
		BareDriver driver = new BareDriver(service.database());
		return withEvents(service, quietEvents(), RecordedEvent.UNLIMITED,
				(recorded) -> service.metered(new ClosedLoop(this.generator.clock(), QUIET_CLIENTS,
						this.settings.windowRequests(), this.settings.length())
					.run((client, number) -> {
						RecordedEvent event = of(recorded, number);
						return event.recorded(RequestTemplate.user(number),
								driver.book(event.event(), RequestTemplate.user(number)));
					})));
	}

	/** At most one event for each request. */
	private int quietEvents() {
		return Math.min(QUIET_EVENTS, this.settings.requests());
	}

	/** A low rate of requests for quiet events, without other load. */
	Mono<Run> calm(Service service) {
		return quietOpenLoop(service, (quiet) -> service.metered(quiet));
	}

	/** The same requests during a storm on one event. */
	Mono<Run> besideStorm(Service service) {
		return withStorm(service, (storm) -> quietOpenLoop(service,
				(quiet) -> service.metered(Mono.zip(storm, quiet).map((both) -> both.getT2().beside(both.getT1())))));
	}

	/** A storm: the highest rate of a hot event, for the duration of a run. */
	Mono<Run> storm(Service service) {
		return withStorm(service, (storm) -> service.metered(storm));
	}

	private Mono<Run> withStorm(Service service, UnaryOperator<Mono<Run>> measured) {
		return withEvents(service, HOT_EVENTS, RecordedEvent.UNLIMITED, (hot) -> {
			Exchange bookings = new BookingExchange(hot, (number) -> number / this.settings.requests(),
					IntUnaryOperator.identity());
			return this.stormGenerator.connected(service.port(), MAX_CLIENTS,
					(connections) -> measured.apply(new ExchangeLoop(this.stormGenerator.clock(), connections,
							Integer.MAX_VALUE, this.settings.length())
						.run(bookings)));
		});
	}

	private Mono<Run> quietOpenLoop(Service service, UnaryOperator<Mono<Run>> measured) {
		OpenLoop load = openLoop(QUIET_RATE);
		return withEvents(service, load.requests(), RecordedEvent.UNLIMITED, (recorded) -> this.generator
			.connected(service.port(), QUIET_CONNECTIONS, (connections) -> measured.apply(load.run(connections,
					(connection, number) -> of(recorded, number).book(connection, RequestTemplate.user(number))))));
	}

	/**
	 * @param rate requests per second for hot events
	 */
	Mono<Run> hotOpenLoop(Service service, double rate) {
		return withEvents(service, HOT_EVENTS, RecordedEvent.UNLIMITED, (recorded) -> this.generator.connected(
				service.port(), CONNECTIONS,
				(connections) -> service.metered(openLoop(rate).run(connections, oneEventAfterAnother(recorded)))));
	}

	/** Uses one event after the other, so that none of them grows large. */
	private Request oneEventAfterAnother(List<RecordedEvent> recorded) {
		AtomicInteger sent = new AtomicInteger();
		return (connection, number) -> of(recorded, sent.getAndIncrement() / this.settings.requests()).book(connection,
				RequestTemplate.user(number));
	}

	private static RecordedEvent of(List<RecordedEvent> recorded, int number) {
		return recorded.get(number % recorded.size());
	}

	Mono<Run> withEvents(Service service, int events, int capacity, Function<List<RecordedEvent>, Mono<Run>> run) {
		return Flux.range(0, events)
			.flatMap((number) -> RecordedEvent.create(service, capacity), CONCURRENCY)
			.collectList()
			.flatMap((recorded) -> run.apply(recorded)
				.delayUntil((done) -> Flux.fromIterable(recorded)
					.flatMap(RecordedEvent::check, CONCURRENCY)
					.then(new BareDriver(service.database())
						.delete(recorded.stream().map(RecordedEvent::event).toList()))));
	}

	private Mono<Run> closedLoop(Service service, int clients, int requests, Exchange exchange) {
		return this.generator.connected(service.port(), clients, (connections) -> service.metered(
				new ExchangeLoop(this.generator.clock(), connections, requests, this.settings.limit()).run(exchange)));
	}

	/** A closed loop for the time of a run, without a limit of its requests. */
	ExchangeLoop window(List<Connection> connections) {
		return new ExchangeLoop(this.generator.clock(), connections, this.settings.windowRequests(),
				this.settings.window(this.settings.length()));
	}

	private OpenLoop openLoop(double rate) {
		return new OpenLoop(this.generator.clock(), rate, this.settings.length());
	}

}
