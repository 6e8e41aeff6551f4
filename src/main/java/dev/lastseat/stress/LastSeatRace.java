package dev.lastseat.stress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A race: all attempts book seats of one event at the same moment. With cancellations or
 * changes of the capacity, only {@value #MIXED_CONCURRENCY} attempts are in flight at
 * once, and the next one starts when one is answered.
 */
final class LastSeatRace {

	/**
	 * Opens the connections and lets the JVM compile the code, so that the race measures
	 * bookings and not a cold start.
	 */
	private static final RaceSettings WARM_UP = RaceSettings.ofBookings(200, 1, 200);

	/**
	 * Attempts in flight in a mixed race. Cancellations and changes of the capacity make
	 * a history hard to check, and harder the more operations overlap. With this number a
	 * history of any length is checked in seconds.
	 */
	private static final int MIXED_CONCURRENCY = 16;

	/** With holds and parties a history is harder still to check. */
	private static final int SALE_CONCURRENCY = 8;

	/** The shortest holds, so that the race shows holds that expire. */
	private static final SaleTerms HOLDS = new SaleTerms(null, null, SaleTerms.MIN_HOLD_SECONDS);

	/** The race has one clock. A request waits less than this for its decision. */
	private static final Duration TOLERANCE = Duration.ofSeconds(1);

	/**
	 * Attempts in one inner {@code flatMap}. When an attempt ends, Reactor scans all
	 * attempts of the same {@code flatMap}, so large races are split into groups.
	 */
	private static final int GROUP = 1_000;

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
	 * Runs a race on a new event, after a warm-up race on another. Lazy. Attempts without
	 * an answer are part of the result.
	 */
	Mono<RaceResult> run(RaceSettings settings) {
		AtomicInteger answered = new AtomicInteger();
		return race(WARM_UP, new AtomicInteger())
			.then(this.progress.during(race(settings, answered), answered, settings.attempts()));
	}

	private Mono<RaceResult> race(RaceSettings settings, AtomicInteger answered) {
		return this.service.create(new EventDraft("The last seat", null, SOME_DAY, null, settings.capacity(), HOLDS))
			.flatMap((event) -> race(event.id(), settings, answered));
	}

	private Mono<RaceResult> race(EventId event, RaceSettings settings, AtomicInteger answered) {
		Recorder recorder = settings.sale()
				? new Recorder(event, settings.capacity(), HOLDS, TOLERANCE, Clock.systemUTC(), System::nanoTime)
				: new Recorder(event, settings.capacity());
		Attempts attempts = new Attempts(this.service, event, settings, recorder);
		return release(attempts, settings, answered).zipWhen((finished) -> recorder.history(this.events.ledger(event)))
			.map((end) -> new RaceResult(settings, end.getT2(), end.getT2().ledger(), end.getT1().faults(),
					end.getT1().taken(), end.getT1().pace().rates()));
	}

	/**
	 * Releases all groups at one moment. Each attempt then runs on a thread of the
	 * parallel scheduler.
	 */
	private Mono<Finished> release(Attempts attempts, RaceSettings settings, AtomicInteger answered) {
		Sinks.One<Long> start = Sinks.one();
		Pace pace = new Pace(settings.attempts());
		Function<Integer, Mono<Throwable>> attempt = (number) -> fault(Mono.defer(() -> attempts.attempt(number)))
			.subscribeOn(Schedulers.parallel())
			.doFinally((signal) -> pace.answered(answered.incrementAndGet()));
		int group = settings.mixed() ? settings.attempts() : GROUP;
		int concurrency = settings.sale() ? SALE_CONCURRENCY : (settings.mixed() ? MIXED_CONCURRENCY : GROUP);
		Mono<List<Throwable>> faults = Flux.range(0, settings.attempts())
			.buffer(group)
			.flatMap((numbers) -> start.asMono()
				.flatMapMany((moment) -> settings.holds() > 0 ? inTwoHalves(numbers, attempt)
						: Flux.fromIterable(numbers).flatMap(attempt, concurrency)),
					settings.attempts())
			.collectList();
		// Subscribed in this order: all attempts wait for the start signal before it is
		// sent.
		return Mono.zip(faults, sendStart(start, pace))
			.map((all) -> new Finished(all.getT1(), Duration.ofNanos(System.nanoTime() - all.getT2()), pace));
	}

	/** The second half begins when the holds of the first half have expired. */
	private static Flux<Throwable> inTwoHalves(List<Integer> numbers, Function<Integer, Mono<Throwable>> attempt) {
		int half = numbers.size() / 2;
		return Flux.fromIterable(numbers.subList(0, half))
			.flatMap(attempt, SALE_CONCURRENCY)
			.concatWith(Flux.fromIterable(numbers.subList(half, numbers.size()))
				.delaySubscription(Duration.ofSeconds(SaleTerms.MIN_HOLD_SECONDS).plus(TOLERANCE))
				.flatMap(attempt, SALE_CONCURRENCY));
	}

	private static Mono<Long> sendStart(Sinks.One<Long> start, Pace pace) {
		return Mono.fromSupplier(() -> {
			long now = System.nanoTime();
			pace.begin(now);
			start.tryEmitValue(now).orThrow();
			return now;
		});
	}

	/** Empty when the attempt was answered: the recorder has the answer. */
	private static Mono<Throwable> fault(Mono<?> attempt) {
		return attempt.then(Mono.<Throwable>empty()).onErrorResume(Mono::just);
	}

	private record Finished(List<Throwable> faults, Duration taken, Pace pace) {
	}

}
