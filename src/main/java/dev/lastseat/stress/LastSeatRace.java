package dev.lastseat.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Many people ask for the seats of one event at the same moment. When cancellations or
 * changes of the capacity are among it, there is a line instead: as soon as one attempt
 * is answered the next one follows.
 */
final class LastSeatRace {

	/**
	 * Enough to open the connections and to have the code compiled, so that the race
	 * measures bookings and not a cold start.
	 */
	private static final RaceSettings WARM_UP = RaceSettings.ofBookings(200, 1, 200);

	/**
	 * Cancellations and changes of the capacity make a history hard to judge, the harder
	 * the more operations overlap. So few are judged in seconds, however many follow.
	 */
	private static final int MIXED_AT_ONCE = 16;

	/**
	 * Whenever somebody is done, Reactor looks through all who are under way beside them:
	 * a large crowd sets out in parties, so that those are few.
	 */
	private static final int PARTY = 1_000;

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
			.flatMap((event) -> race(event.id(), settings, answered));
	}

	private Mono<RaceResult> race(EventId event, RaceSettings settings, AtomicInteger answered) {
		Recorder recorder = new Recorder(event, settings.capacity());
		Attempts attempts = new Attempts(this.service, event, settings, recorder);
		return fire(attempts, settings, answered).zipWhen((finish) -> recorder.history(this.events.ledger(event)))
			.map((end) -> new RaceResult(settings, end.getT2(), end.getT2().ledger(), end.getT1().faults(),
					end.getT1().taken(), end.getT1().pace().rates()));
	}

	/**
	 * All parties wait at one gate. Behind it each attempt goes its own way, on every
	 * core.
	 */
	private Mono<Finish> fire(Attempts attempts, RaceSettings settings, AtomicInteger answered) {
		Sinks.One<Long> gate = Sinks.one();
		Pace pace = new Pace(settings.attempts());
		Function<Integer, Mono<Throwable>> attempt = (number) -> fault(Mono.defer(() -> attempts.attempt(number)))
			.subscribeOn(Schedulers.parallel())
			.doFinally((signal) -> pace.answered(answered.incrementAndGet()));
		int party = settings.mixed() ? settings.attempts() : PARTY;
		int atOnce = settings.mixed() ? MIXED_AT_ONCE : PARTY;
		Mono<List<Throwable>> faults = Flux.range(0, settings.attempts())
			.buffer(party)
			.flatMap(
					(numbers) -> gate.asMono().flatMapMany((go) -> Flux.fromIterable(numbers).flatMap(attempt, atOnce)),
					settings.attempts())
			.collectList();
		// Subscribed to in this order: when the gate opens, everybody stands before it.
		return Mono.zip(faults, open(gate, pace))
			.map((all) -> new Finish(all.getT1(), Duration.ofNanos(System.nanoTime() - all.getT2()), pace));
	}

	private static Mono<Long> open(Sinks.One<Long> gate, Pace pace) {
		return Mono.fromSupplier(() -> {
			long now = System.nanoTime();
			pace.begin(now);
			gate.tryEmitValue(now).orThrow();
			return now;
		});
	}

	/**
	 * Empty when there was an answer, which the recorder has.
	 */
	private static Mono<Throwable> fault(Mono<?> attempt) {
		return attempt.then(Mono.<Throwable>empty()).onErrorResume(Mono::just);
	}

	private record Finish(List<Throwable> faults, Duration taken, Pace pace) {
	}

}
