package dev.lastseat.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Many people ask for the seats of one event at the same moment.
 */
final class LastSeatRace {

	/**
	 * Enough to open the connections and to have the code compiled, so that the race
	 * measures bookings and not a cold start.
	 */
	private static final RaceSettings WARM_UP = new RaceSettings(200, 1, 200);

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final BookingService service;

	private final EventRepository events;

	private final Progress progress;

	LastSeatRace(BookingService service, EventRepository events, Progress progress) {
		this.service = service;
		this.events = events;
		this.progress = progress;
	}

	/**
	 * Runs a race on an event of its own, after another one to warm up. Lazy; the
	 * attempts that get no answer are part of the result.
	 */
	Mono<RaceResult> run(RaceSettings settings) {
		AtomicInteger answered = new AtomicInteger();
		return race(WARM_UP, new AtomicInteger())
			.then(this.progress.during(race(settings, answered), answered, settings.attempts()));
	}

	private Mono<RaceResult> race(RaceSettings settings, AtomicInteger answered) {
		return this.service.create(new EventDraft("The last seat", null, SOME_DAY, null, settings.capacity()))
			.flatMap((event) -> fire(event.id(), settings, answered).zipWhen((finish) -> this.events.ledger(event.id()))
				.map((end) -> new RaceResult(settings, end.getT1().attempts(), end.getT1().taken(), end.getT2())));
	}

	/**
	 * All attempts wait at one gate. Behind it each goes its own way, on every core.
	 */
	private Mono<Finish> fire(EventId event, RaceSettings settings, AtomicInteger answered) {
		Sinks.One<Long> gate = Sinks.one();
		Mono<List<Attempt>> attempts = Flux.range(0, settings.attempts())
			.flatMap((number) -> gate.asMono()
				.publishOn(Schedulers.parallel())
				.flatMap((go) -> attempt(event, settings.userOf(number)))
				.doOnNext((attempt) -> answered.incrementAndGet()), settings.attempts())
			.collectList();
		// Subscribed to in this order: when the gate opens, everybody stands before it.
		return Mono.zip(attempts, open(gate))
			.map((all) -> new Finish(all.getT1(), Duration.ofNanos(System.nanoTime() - all.getT2())));
	}

	private static Mono<Long> open(Sinks.One<Long> gate) {
		return Mono.fromSupplier(() -> {
			long now = System.nanoTime();
			gate.tryEmitValue(now).orThrow();
			return now;
		});
	}

	private Mono<Attempt> attempt(EventId event, UserId user) {
		return this.service.book(event, user)
			.map((outcome) -> Attempt.answered(user, outcome))
			.onErrorResume((fault) -> Mono.just(Attempt.failed(user, fault)));
	}

	private record Finish(List<Attempt> attempts, Duration taken) {
	}

}
