package dev.lastseat.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many who watch, and many who book, on real threads.
 */
@Timeout(600)
class CrowdTest {

	private static final int THREADS = 8;

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	private final StubFeed feed = new StubFeed();

	private final ChangeNotifier signals = new ChangeNotifier(this.feed);

	private final AtomicInteger encoded = new AtomicInteger();

	/** What a subscriber was told, seen from its end. */
	private record Heard(int updates, long last) {

		Heard and(StatusUpdate update) {
			assertThat(update.revision()).as("revisions only grow").isGreaterThan(this.last);
			return new Heard(this.updates + 1, update.revision());
		}

	}

	private LiveStatus<StatusUpdate> live(Duration pause, Duration letGoAfter) {
		return new LiveStatus<>(this.signals, (update) -> {
			this.encoded.incrementAndGet();
			return update;
		}, new Pace(pause, letGoAfter, Schedulers.parallel()));
	}

	private Mono<Void> bookAtOnce(EventId event, int times) {
		return Flux.range(0, THREADS)
			.flatMap((thread) -> Mono.fromRunnable(() -> IntStream.range(0, times / THREADS).forEach((number) -> {
				this.feed.book(event);
				this.signals.mayHaveChanged(event);
			})).subscribeOn(Schedulers.boundedElastic()), THREADS)
			.then();
	}

	private static Mono<Heard> listen(Flux<StatusUpdate> updates, long until) {
		return updates.takeUntil((update) -> update.revision() >= until)
			.reduce(new Heard(0, -1), Heard::and)
			.timeout(PATIENCE);
	}

	@Test
	void alwaysTellsTheLastStateWhenManyBookAtOnce() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ZERO);

		for (int round = 0; round < 200; round++) {
			EventId event = this.feed.create("event-" + round);
			Heard heard = listen(live.updates(event), 800).zipWith(bookAtOnce(event, 800).thenReturn(0))
				.block()
				.getT1();

			assertThat(heard.last()).isEqualTo(800);
		}
	}

	@Test
	void leavesNothingBehindWhenAHundredThousandComeAndGo() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ofMillis(1));
		List<EventId> events = IntStream.range(0, 50)
			.mapToObj((number) -> this.feed.create("event-" + number))
			.toList();

		Long told = Flux.range(0, 100_000)
			.flatMap((number) -> live.updates(events.get(number % events.size()))
				.take(1 + number % 2)
				.takeUntilOther(Mono.delay(Duration.ofMillis(number % 3)))
				.subscribeOn(Schedulers.parallel()), 64)
			.count()
			.block(PATIENCE);

		assertThat(told).isPositive();
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(live.openStreams()).isZero();
			assertThat(this.signals.watchedEvents()).isEmpty();
			assertThat(this.feed.followers).hasValue(0);
		});
	}

	@Test
	void tellsEverybodyWhoComesAtTheMomentWhenAStreamIsLetGo() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ofNanos(1));
		EventId event = this.feed.create("event");

		Long told = Flux.range(0, 100_000)
			.flatMap((number) -> live.current(event).subscribeOn(Schedulers.parallel()), 4)
			.count()
			.block(PATIENCE);

		assertThat(told).isEqualTo(100_000);
	}

	@Test
	void bringsFiveThousandToTheFinalStateWithOneEncodingForEachChange() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(10), Duration.ZERO);
		EventId event = this.feed.create("event");
		Mono<List<Heard>> crowd = Flux.range(0, 5_000).flatMap((number) -> {
			Flux<StatusUpdate> updates = live.updates(event);
			boolean slow = number % 100 == 0;
			return listen(slow ? updates.concatMap((update) -> Mono.just(update).delayElement(Duration.ofMillis(50)), 0)
					: updates, 1_000);
		}, 5_000).collectList();

		List<Heard> heard = crowd.zipWith(bookAtOnce(event, 1_000).thenReturn(0)).block(PATIENCE).getT1();

		assertThat(heard).hasSize(5_000).allSatisfy((one) -> assertThat(one.last()).isEqualTo(1_000));
		assertThat(this.encoded.get()).isEqualTo(heard.stream().mapToInt(Heard::updates).max().orElseThrow());
	}

}
