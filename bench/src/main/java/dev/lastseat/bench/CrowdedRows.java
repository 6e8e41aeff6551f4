package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The rows that compare an event with many registrations, holds and waiting users with a
 * small event. These rows do not use HTTP, whose cost is the same for both.
 */
final class CrowdedRows {

	/** The prefix of the names of these rows. */
	private static final String NAME = "crowded-";

	/** Fewer than the turns until an offer is confirmed. */
	private static final int CLIENTS = 8;

	private static final Map<String, CrowdedEvent.Size> SIZES = sizes();

	private final Service service;

	private final BenchSettings settings;

	private final PrintWriter progress;

	/** The large events, which are reused by all runs. */
	private final Map<String, Mono<CrowdedEvent>> events = new LinkedHashMap<>();

	CrowdedRows(Service service, BenchSettings settings, PrintWriter progress) {
		this.service = service;
		this.settings = settings;
		this.progress = progress;
		SIZES.forEach((name, size) -> this.events.put(name,
				CrowdedEvent.filled(service, size).delayUntil((event) -> printSize(event, size)).cache()));
	}

	/** A little below the default limits, so that requests are accepted during a run. */
	private static Map<String, CrowdedEvent.Size> sizes() {
		Map<String, CrowdedEvent.Size> sizes = new LinkedHashMap<>();
		sizes.put("1k", new CrowdedEvent.Size(1_000, 100, 500));
		sizes.put("1M", new CrowdedEvent.Size(1_000_000, 9_900, 4_900));
		return sizes;
	}

	/** The kinds of requests. */
	private enum Kind {

		REFUSE("refuse", "refusal", 0, (event, client) -> event.refuse()),

		JOIN("join", "joining and leaving", 0, CrowdedEvent::joinAndLeave),

		OFFER("offer", "cancelling, offering, confirming, joining", 100, (event, client) -> event.offer());

		private final String name;

		private final String what;

		/** The waiting users of the small event. */
		private final int waiting;

		private final BiFunction<CrowdedEvent, Integer, Mono<?>> request;

		Kind(String name, String what, int waiting, BiFunction<CrowdedEvent, Integer, Mono<?>> request) {
			this.name = name;
			this.what = what;
			this.waiting = waiting;
			this.request = request;
		}

	}

	List<Row> all() {
		return Stream.of(Kind.values())
			.flatMap((kind) -> SIZES.keySet().stream().map((size) -> row(kind, size)))
			.toList();
	}

	/** The names of all rows, in their order. */
	static List<String> names() {
		return Stream.of(Kind.values())
			.flatMap((kind) -> SIZES.keySet().stream().map((size) -> name(kind, size)))
			.toList();
	}

	private static String name(Kind kind, String size) {
		return NAME + kind.name + "-" + size;
	}

	private Row row(Kind kind, String size) {
		return new Row(name(kind, size), kind.what, null, Measure.RATE,
				new Candidate(size, this.events.get(size).flatMap((event) -> measured(kind, event))),
				new Candidate("few", small(kind)));
	}

	/** A new event for each run. */
	private Mono<Run> small(Kind kind) {
		return CrowdedEvent.filled(this.service, new CrowdedEvent.Size(0, 0, kind.waiting))
			.flatMap((event) -> measured(kind, event).delayUntil((done) -> event.close()));
	}

	private Mono<Run> measured(Kind kind, CrowdedEvent event) {
		ClosedLoop loop = new ClosedLoop(Schedulers.parallel(), CLIENTS, this.settings.requests(),
				this.settings.limit());
		return this.service
			.meteredHere(loop.run((client, number) -> kind.request.apply(event, client).then(Mono.just(number))));
	}

	private Mono<Integer> printSize(CrowdedEvent event, CrowdedEvent.Size size) {
		return event.documentBytes().doOnNext((bytes) -> {
			this.progress.printf(Locale.ROOT, "... the document of an event with %s has %,d bytes%n", size, bytes);
			this.progress.flush();
		});
	}

	/** Checks the stored state of the measured large events and deletes them. */
	Mono<Void> close(List<Row> measured) {
		return Flux.fromIterable(SIZES.keySet())
			.filter((size) -> measured.stream()
				.anyMatch((row) -> row.name().startsWith(NAME) && row.first().name().equals(size)))
			.concatMap(this.events::get)
			.concatMap(CrowdedEvent::close)
			.then();
	}

}
