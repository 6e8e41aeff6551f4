package dev.lastseat.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The rows that compare big events with small ones. The cost of a request should not
 * depend on the number of registrations. These rows do not use HTTP, whose cost is the
 * same for both.
 */
final class BigRows {

	/** The prefix of the names of these rows. */
	private static final String NAME = "big-";

	/** The registrations of a small event. */
	private static final int SMALL = 10;

	private static final Map<String, Integer> SIZES = sizes();

	/**
	 * A few clients: fewer than the registrations of a small event, so that each client
	 * has its own user.
	 */
	private static final int FEW = 8;

	private static final int MANY = 64;

	private static final double GOAL = 0.9;

	private final Service service;

	private final BenchSettings settings;

	private final PrintWriter progress;

	/** The big events, which are reused by all runs. */
	private final Map<Integer, Mono<BigEvent>> events = new LinkedHashMap<>();

	BigRows(Service service, BenchSettings settings, PrintWriter progress) {
		this.service = service;
		this.settings = settings;
		this.progress = progress;
		SIZES.values().forEach((size) -> this.events.put(size, BigEvent.filled(service, size, progress).cache()));
	}

	private static Map<String, Integer> sizes() {
		Map<String, Integer> sizes = new LinkedHashMap<>();
		sizes.put("1k", 1_000);
		sizes.put("10k", 10_000);
		sizes.put("100k", 100_000);
		sizes.put("1M", 1_000_000);
		return sizes;
	}

	/** The kinds of requests. */
	private enum Kind {

		BOOK("book", "booking", MANY, (event, client) -> event.book(), (event, run) -> run),

		REFUSE("refuse", "refusal", MANY, (event, client) -> event.refuse(), BigEvent::soldOut),

		REPEAT("repeat", "already registered", MANY, (event, client) -> event.repeat(), (event, run) -> run),

		MOVE("release", "release and booking", FEW, BigEvent::move, (event, run) -> run),

		PAGE("page", "page of attendees", FEW, (event, client) -> event.page(), (event, run) -> run);

		private final String name;

		private final String what;

		private final int clients;

		private final BiFunction<BigEvent, Integer, Mono<?>> request;

		private final BiFunction<BigEvent, Mono<Run>, Mono<Run>> around;

		Kind(String name, String what, int clients, BiFunction<BigEvent, Integer, Mono<?>> request,
				BiFunction<BigEvent, Mono<Run>, Mono<Run>> around) {
			this.name = name;
			this.what = what;
			this.clients = clients;
			this.request = request;
			this.around = around;
		}

	}

	List<Row> all() {
		return Stream.of(Kind.values())
			.flatMap((kind) -> SIZES.entrySet()
				.stream()
				.flatMap((size) -> Stream.of(row(kind, size, kind.clients), row(kind, size, 1))))
			.toList();
	}

	/** The names of all rows, in their order. */
	static List<String> names() {
		List<String> names = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			SIZES.keySet()
				.forEach((size) -> names.addAll(List.of(name(kind, size, kind.clients), name(kind, size, 1))));
		}
		return List.copyOf(names);
	}

	private static String name(Kind kind, String size, int clients) {
		return NAME + kind.name + ((clients == 1) ? "-alone-" : "-") + size;
	}

	private Row row(Kind kind, Entry<String, Integer> size, int clients) {
		return new Row(name(kind, size.getKey(), clients), kind.what + ((clients == 1) ? ", alone" : ""),
				Goal.atLeast(GOAL), Measure.RATE, new Candidate(size.getKey(), big(kind, size.getValue(), clients)),
				new Candidate(String.valueOf(SMALL), small(kind, clients)));
	}

	private Mono<Run> big(Kind kind, int size, int clients) {
		return this.events.get(size).flatMap((event) -> measured(kind, event, clients));
	}

	/** A new event for each run: it grows during the run. */
	private Mono<Run> small(Kind kind, int clients) {
		return BigEvent.filled(this.service, SMALL, this.progress)
			.flatMap((event) -> measured(kind, event, clients).delayUntil((done) -> event.close()));
	}

	private Mono<Run> measured(Kind kind, BigEvent event, int clients) {
		int requests = this.settings.requests() / ((clients == 1) ? 16 : 4);
		ClosedLoop loop = new ClosedLoop(Schedulers.parallel(), clients, Math.max(1, requests), this.settings.limit());
		return kind.around.apply(event,
				this.service.meteredHere(loop.run((client, number) -> kind.request.apply(event, client))));
	}

	/**
	 * Checks the stored state of the measured big events and deletes them.
	 * @return the size of each document in bytes, by the initial number of registrations
	 */
	Mono<Map<Integer, Integer>> close(List<Row> measured) {
		return Flux.fromIterable(SIZES.entrySet())
			.filter((size) -> measured.stream()
				.anyMatch((row) -> row.name().startsWith(NAME) && row.first().name().equals(size.getKey())))
			.concatMap((size) -> this.events.get(size.getValue()))
			.concatMap((event) -> event.documentBytes()
				.delayUntil((bytes) -> event.close())
				.map((bytes) -> Map.entry(event.registrations(), bytes)))
			.collectMap(Entry::getKey, Entry::getValue, LinkedHashMap::new);
	}

}
