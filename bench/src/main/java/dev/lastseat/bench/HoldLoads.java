package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.lastseat.bench.HeldExchange.Kind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The loads of events with holds. Each run uses new events. At its end the stored state
 * is compared with the answers, and the events are deleted.
 */
final class HoldLoads {

	/**
	 * Requests for one event, before the clients move on to the next: other rows measure
	 * what more holds cost.
	 */
	private static final int REQUESTS_PER_EVENT = 1000;

	/** Requests per second for which a run has events: more than a run sends. */
	private static final int MAX_RATE = 50_000;

	/** Time for the holds that a run confirms. */
	private static final Duration PREPARATION = Duration.ofMinutes(2);

	/** Events that are created or checked at the same time. */
	private static final int CONCURRENCY = 16;

	private final LoadGenerator generator;

	private final BenchSettings settings;

	private final PrintWriter progress;

	/** The numbers of holds for which the size of the document was printed. */
	private final Set<Integer> printed = ConcurrentHashMap.newKeySet();

	HoldLoads(LoadGenerator generator, BenchSettings settings, PrintWriter progress) {
		this.generator = generator;
		this.settings = settings;
		this.progress = progress;
	}

	/** All clients hold seats. */
	Mono<Run> hold(Service service) {
		return withEvents(service, (events) -> measured(service, events, Kind.HOLD));
	}

	/** All clients book seats without a hold. */
	Mono<Run> booking(Service service) {
		return withEvents(service, (events) -> measured(service, events, Kind.BOOK_OR_CONFIRM));
	}

	/** All clients confirm holds that this process of the service made before. */
	Mono<Run> confirm(Service service) {
		return withEvents(service,
				(events) -> loop(service, RouteLoads.CLIENTS, events, Kind.HOLD, requests(), PREPARATION)
					.then(measured(service, events, Kind.BOOK_OR_CONFIRM)));
	}

	private int requests() {
		long requests = this.settings.length().toMillis() * MAX_RATE / Duration.ofSeconds(1).toMillis();
		return this.settings.atMost((int) Math.min(requests, RequestTemplate.MAX_USERS));
	}

	private Mono<Run> measured(Service service, List<HeldEvent> events, Kind kind) {
		return service.metered(loop(service, RouteLoads.CLIENTS, events, kind, requests(),
				this.settings.window(this.settings.length())));
	}

	private Mono<Run> withEvents(Service service, Function<List<HeldEvent>, Mono<Run>> run) {
		int events = (requests() + REQUESTS_PER_EVENT - 1) / REQUESTS_PER_EVENT;
		return Flux.range(0, events)
			.flatMap((number) -> HeldEvent.create(service), CONCURRENCY)
			.collectList()
			.flatMap((created) -> judged(service, created, run.apply(created)));
	}

	private static Mono<Run> judged(Service service, List<HeldEvent> events, Mono<Run> run) {
		return run.delayUntil((done) -> Flux.fromIterable(events)
			.flatMap(HeldEvent::check, CONCURRENCY)
			.then(new BareDriver(service.database()).delete(events.stream().map(HeldEvent::event).toList())));
	}

	/**
	 * All clients book seats of one event that has holds.
	 * @param holds the number of holds, which nothing changes during the run
	 */
	Mono<Run> besideHolds(Service service, int holds) {
		return HeldEvent.create(service)
			.flatMap((event) -> event.withHolds(holds))
			.delayUntil((event) -> this.printed.add(holds) ? printSize(service, event, holds) : Mono.empty())
			.map(List::of)
			.flatMap((event) -> judged(service, event, service.metered(loop(service, Workloads.MAX_CLIENTS, event,
					Kind.BOOK_OR_CONFIRM, this.settings.requests(), this.settings.limit()))));
	}

	private Mono<Integer> printSize(Service service, HeldEvent event, int holds) {
		return new BareDriver(service.database()).size(event.event()).doOnNext((bytes) -> {
			this.progress.printf(Locale.ROOT, "... the document of an event with %,d holds has %,d bytes%n", holds,
					bytes);
			this.progress.flush();
		});
	}

	private Mono<Run> loop(Service service, int clients, List<HeldEvent> events, Kind kind, int requests,
			Duration limit) {
		int perEvent = (requests + events.size() - 1) / events.size();
		return this.generator.connected(service.port(), clients,
				(connections) -> new ExchangeLoop(this.generator.clock(), connections, requests, limit)
					.run(new HeldExchange(events, perEvent, kind)));
	}

}
