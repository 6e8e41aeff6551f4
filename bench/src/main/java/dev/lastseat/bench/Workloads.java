package dev.lastseat.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.lastseat.booking.BookingOutcome;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a run does to a service. Every run has events of its own and new connections, both
 * made before the clock starts, and ends in the judgement of what was booked, after which
 * the events are deleted: no run finds more in the database than another.
 * <p>
 * Runs of a closed loop are of a number of requests and not of a time: a booking costs
 * the more the more are in the event already, and so both sides of a pair have the same
 * way to go. A side that is too slow for that is stopped after a time; its event is the
 * smaller one then, which is to its advantage. An open loop, which lasts a time, goes on
 * to another event after as many bookings as a closed loop makes.
 */
final class Workloads {

	/** What the share of duplicates is taken of: one in ten. */
	private static final int TENTH = 10;

	/** Who is booked before a run with duplicates. */
	private static final int REGULARS = 100;

	/** How many ask for each seat of a sale. */
	private static final int ASKED_FOR_A_SEAT = 5;

	/** That nobody storms. */
	private static final int QUIET_EVENTS = 1000;

	/** Of the events that nobody storms. */
	private static final int QUIET_CLIENTS = 64;

	/**
	 * Requests each second for events that nobody storms: far from what wears anybody
	 * out.
	 */
	private static final double QUIET_RATE = 200;

	/** Enough for that rate when an answer takes a second. */
	private static final int QUIET_CONNECTIONS = 256;

	/** Of a storm. */
	static final int CROWD = 256;

	/**
	 * As many as are under way at once when more comes than can be served: four times the
	 * crowd.
	 */
	private static final int CONNECTIONS = 1024;

	/** How many hot events there are to go on to. */
	private static final int HOT_EVENTS = 16;

	/** At once, to make or to judge events. */
	private static final int AT_ONCE = 16;

	private final Generator generator;

	private final BenchSettings settings;

	Workloads(Generator generator, BenchSettings settings) {
		this.generator = generator;
		this.settings = settings;
	}

	/**
	 * What the measured requests have in common, once, so that the first of them find it
	 * compiled.
	 */
	List<Mono<Run>> warmUp(Service grouped, Service plain) {
		return List.of(empty(grouped), hot(plain, CROWD), hot(grouped, CROWD), soldOut(grouped), quiet(grouped),
				bareDriver(grouped));
	}

	/** Everybody wants a seat of one event, and gets it. */
	Mono<Run> hot(Service service, int clients) {
		return hot(service, clients, this.settings.requests());
	}

	/** Nobody else is there. */
	Mono<Run> alone(Service service) {
		return hot(service, 1, Math.max(1, this.settings.requests() / 4));
	}

	/** There is a seat for one in five. */
	Mono<Run> sale(Service service) {
		return hot(service, CROWD, this.settings.requests(), Math.max(1, this.settings.requests() / ASKED_FOR_A_SEAT));
	}

	private Mono<Run> hot(Service service, int clients, int requests) {
		return hot(service, clients, requests, Sale.AMPLE);
	}

	private Mono<Run> hot(Service service, int clients, int requests, int capacity) {
		return selling(service, 1, capacity, (sales) -> closedLoop(service, clients, requests,
				(connection, number) -> sales.get(0).book(connection, user(number))));
	}

	/** The last seat is gone already. */
	Mono<Run> soldOut(Service service) {
		return selling(service, 1, 1,
				(sales) -> sales.get(0)
					.book("the-last")
					.then(closedLoop(service, CROWD, this.settings.requests(),
							(connection, number) -> sales.get(0).book(connection, user(number)))));
	}

	/** A hot event that some people are registered for already. */
	Mono<Run> withRegulars(Service service, boolean duplicates) {
		return selling(service, 1, Sale.AMPLE, (sales) -> register(sales.get(0))
			.then(closedLoop(service, CROWD, this.settings.requests(), (connection, number) -> {
				boolean again = duplicates && number % TENTH == 0;
				return sales.get(0).book(connection, again ? regular(number / TENTH) : user(number));
			})));
	}

	private static Mono<BookingOutcome> register(Sale sale) {
		return Flux.range(0, REGULARS).concatMap((number) -> sale.book(regular(number))).last();
	}

	private static String regular(int number) {
		return "regular-" + number % REGULARS;
	}

	/** The same request as for a seat, where nothing is done for it. */
	Mono<Run> empty(Service service) {
		return closedLoop(service, CROWD, this.settings.requests(),
				(connection, number) -> connection.post(EmptyHandler.PATH, Sale.body(user(number)))
					.doOnNext(EmptyHandler::requireEmpty));
	}

	/** Many events, each of which only a few people want. */
	Mono<Run> quiet(Service service) {
		return selling(service, quietEvents(), Sale.AMPLE, (sales) -> closedLoop(service, QUIET_CLIENTS,
				this.settings.requests(), (connection, number) -> of(sales, number).book(connection, user(number))));
	}

	/** The same, by the driver alone. */
	Mono<Run> bareDriver(Service service) {
		BareDriver driver = new BareDriver(service.database());
		return selling(service, quietEvents(), Sale.AMPLE, (sales) -> metered(service,
				new ClosedLoop(this.generator.clock(), QUIET_CLIENTS, this.settings.requests(), this.settings.limit())
					.run((client, number) -> {
						Sale sale = of(sales, number);
						return sale.recorded(user(number), driver.book(sale.event(), user(number)));
					})));
	}

	/** As many as are asked for, at most. */
	private int quietEvents() {
		return Math.min(QUIET_EVENTS, this.settings.requests());
	}

	/** A few people, at their times, while nothing else goes on. */
	Mono<Run> calm(Service service) {
		return fewPeople(service, (people) -> metered(service, people));
	}

	/** The same people, while everybody else wants a seat of one event. */
	Mono<Run> besideStorm(Service service) {
		return storming(service, (storm) -> fewPeople(service, (people) -> metered(service,
				Mono.zip(storm, people).map((both) -> both.getT2().beside(both.getT1())))));
	}

	/** As much as a hot event can take, for all of the time. */
	Mono<Run> storm(Service service) {
		return storming(service, (storm) -> metered(service, storm));
	}

	private Mono<Run> storming(Service service, UnaryOperator<Mono<Run>> measured) {
		return selling(service, HOT_EVENTS, Sale.AMPLE,
				(hot) -> this.generator.connected(service.port(), CROWD, (crowd) -> {
					Request request = oneAfterTheOther(hot);
					return measured
						.apply(new ClosedLoop(this.generator.clock(), CROWD, Integer.MAX_VALUE, this.settings.length())
							.run((client, number) -> request.send(crowd.get(client), number)));
				}));
	}

	private Mono<Run> fewPeople(Service service, UnaryOperator<Mono<Run>> measured) {
		OpenLoop load = openLoop(QUIET_RATE);
		return selling(service, load.requests(), Sale.AMPLE, (sales) -> this.generator
			.connected(service.port(), QUIET_CONNECTIONS, (connections) -> measured.apply(
					load.run(connections, (connection, number) -> of(sales, number).book(connection, user(number))))));
	}

	/**
	 * @param rate of those who want a seat of a hot event, each second
	 */
	Mono<Run> rush(Service service, double rate) {
		return selling(service, HOT_EVENTS, Sale.AMPLE, (sales) -> this.generator.connected(service.port(), CONNECTIONS,
				(connections) -> metered(service, openLoop(rate).run(connections, oneAfterTheOther(sales)))));
	}

	/**
	 * Sells one event after the other, so that none of them grows.
	 */
	private Request oneAfterTheOther(List<Sale> sales) {
		AtomicInteger sent = new AtomicInteger();
		return (connection, number) -> of(sales, sent.getAndIncrement() / this.settings.requests()).book(connection,
				user(number));
	}

	private static Sale of(List<Sale> sales, int number) {
		return sales.get(number % sales.size());
	}

	private static String user(int number) {
		return "user-" + number;
	}

	Mono<Run> selling(Service service, int events, int capacity, Function<List<Sale>, Mono<Run>> run) {
		return Flux.range(0, events)
			.flatMap((number) -> Sale.open(service, capacity), AT_ONCE)
			.collectList()
			.flatMap((sales) -> run.apply(sales)
				.delayUntil((done) -> Flux.fromIterable(sales)
					.flatMap(Sale::judge, AT_ONCE)
					.then(new BareDriver(service.database()).delete(sales.stream().map(Sale::event).toList()))));
	}

	private Mono<Run> closedLoop(Service service, int clients, int requests, Request request) {
		ClosedLoop loop = new ClosedLoop(this.generator.clock(), clients, requests, this.settings.limit());
		return this.generator.connected(service.port(), clients, (connections) -> metered(service,
				loop.run((client, number) -> request.send(connections.get(client), number))));
	}

	private OpenLoop openLoop(double rate) {
		return new OpenLoop(this.generator.clock(), rate, this.settings.length());
	}

	private static Mono<Run> metered(Service service, Mono<Run> run) {
		return new Meter(service).metered(run);
	}

}
