package dev.lastseat.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** The loads with streams of one event. */
final class Streams {

	/** The subscribers of a large sale. */
	private static final int STREAMS = 5_000;

	/** The subscribers beside bookings. */
	private static final int BESIDE = 1_000;

	/** Reads of the status per second beside bookings. */
	private static final double POLLS = 500;

	private static final int POLL_CONNECTIONS = 64;

	private static final Duration HEAP_INTERVAL = Duration.ofMillis(300);

	/** Less than a tenth of a kilobyte for each stream. */
	private static final long STABLE_BYTES = 400_000;

	private static final int DIGITS = 3;

	private final LoadGenerator generator;

	private final BenchSettings settings;

	private final Workloads workloads;

	Streams(LoadGenerator generator, BenchSettings settings, Workloads workloads) {
		this.generator = generator;
		this.settings = settings;
		this.workloads = workloads;
	}

	/**
	 * The heap of the service for each of many open streams, compared with its heap
	 * before the first run: later runs would find the buffers that the first one left in
	 * its pools.
	 */
	Mono<Run> heap(Service service) {
		int streams = this.settings.atMost(STREAMS);
		Mono<Long> before = stableHeap(service).cache();
		return before.flatMap((unused) -> oneEvent(service,
				(event) -> stableHeap(service).then(open(service, event, streams,
						(open) -> Mono.zip(before, stableHeap(service))
							.map((heap) -> new Run(new Histogram(DIGITS), streams, 0, 0, Duration.ofSeconds(1),
									Cost.NONE, heap.getT2() - heap.getT1()))))));
	}

	/** Waits until the streams of earlier runs are closed, or those of this one idle. */
	private static Mono<Long> stableHeap(Service service) {
		return service.process()
			.heap()
			.repeatWhen((again) -> again.delayElements(HEAP_INTERVAL))
			.buffer(2, 1)
			.takeUntil((heap) -> Math.abs(heap.get(1) - heap.get(0)) < STABLE_BYTES)
			.last()
			.map((heap) -> heap.get(1));
	}

	/**
	 * The time from the answer to a booking to the arrival of its state at each
	 * subscriber. Bookings are sent one after another, so the state after each is known.
	 */
	Mono<Run> delivery(Service service) {
		return oneEvent(service, (event) -> open(service, event, this.settings.atMost(STREAMS),
				(open) -> this.generator.connected(service.port(), 1, (connections) -> {
					Deliveries deliveries = new Deliveries(BookingExchange.of(event));
					open.forEach((stream) -> stream.listen(deliveries::arrived));
					return service.metered(deliveries.run(this.workloads.window(connections),
							(booked) -> open.stream().allMatch((stream) -> stream.number() >= booked)));
				})));
	}

	/** Bookings of a hot event beside polling clients and streams of the same event. */
	Mono<Run> beside(Service service, int clients) {
		return oneEvent(service,
				(event) -> open(service, event, this.settings.atMost(BESIDE),
						(open) -> service.metered(Mono.zip(bookings(service, event, clients), polls(service, event))
							.map((both) -> both.getT1().beside(both.getT2())))));
	}

	private Mono<Run> bookings(Service service, RecordedEvent event, int clients) {
		return this.generator.connected(service.port(), clients,
				(connections) -> this.workloads.window(connections).run(BookingExchange.of(event)));
	}

	private Mono<Run> polls(Service service, RecordedEvent event) {
		OpenLoop polls = new OpenLoop(this.generator.clock(), POLLS, this.settings.length());
		return this.generator.connected(service.port(), POLL_CONNECTIONS,
				(connections) -> polls.run(connections, (connection,
						number) -> connection.send("GET", event.resource() + "/status").doOnNext(Streams::requireOk)));
	}

	private static void requireOk(Reply reply) {
		if (reply.status() != 200) {
			throw new IllegalStateException("unexpected response: " + reply.status() + " " + reply.body());
		}
	}

	private Mono<Run> oneEvent(Service service, Function<RecordedEvent, Mono<Run>> run) {
		return this.workloads.withEvents(service, 1, RecordedEvent.UNLIMITED, (recorded) -> run.apply(recorded.get(0)));
	}

	private Mono<Run> open(Service service, RecordedEvent event, int streams,
			Function<List<StreamConnection>, Mono<Run>> use) {
		return StreamConnection.opened(this.generator, service.port(), streams, StreamConnection.SOLD,
				RequestTemplate.stream(event.resource() + "/status"), 0, use);
	}

}
