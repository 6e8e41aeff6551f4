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
 * Many subscribers and many bookings at once, on real threads.
 */
@Timeout(600)
class LiveStatusRaceTest {

	private static final int THREADS = 8;

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private final StubFeed feed = new StubFeed();

	private final ChangeNotifier notifier = new ChangeNotifier(this.feed);

	private final AtomicInteger encoded = new AtomicInteger();

	/** The number of updates that a subscriber got, and the revision of the last one. */
	private record Received(int updates, long last) {

		Received and(StatusUpdate update) {
			assertThat(update.revision()).as("revisions only grow").isGreaterThan(this.last);
			return new Received(this.updates + 1, update.revision());
		}

	}

	private LiveStatus<StatusUpdate> live(Duration interval, Duration gracePeriod) {
		return new LiveStatus<>(this.notifier, (update) -> {
			this.encoded.incrementAndGet();
			return update;
		}, new StreamTiming(interval, gracePeriod, Schedulers.parallel()));
	}

	private Mono<Void> bookConcurrently(EventId event, int times) {
		return Flux.range(0, THREADS)
			.flatMap((thread) -> Mono.fromRunnable(() -> IntStream.range(0, times / THREADS).forEach((number) -> {
				this.feed.book(event);
				this.notifier.mayHaveChanged(event);
			})).subscribeOn(Schedulers.boundedElastic()), THREADS)
			.then();
	}

	private static Mono<Received> receive(Flux<StatusUpdate> updates, long until) {
		return updates.takeUntil((update) -> update.revision() >= until)
			.reduce(new Received(0, -1), Received::and)
			.timeout(TIMEOUT);
	}

	@Test
	void alwaysSendsTheLastStateOfConcurrentBookings() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ZERO);

		for (int round = 0; round < 200; round++) {
			EventId event = this.feed.create("event-" + round);
			Received received = receive(live.updates(event), 800).zipWith(bookConcurrently(event, 800).thenReturn(0))
				.block()
				.getT1();

			assertThat(received.last()).isEqualTo(800);
		}
	}

	@Test
	void leavesNothingOpenAfterAHundredThousandSubscribers() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ofMillis(1));
		List<EventId> events = IntStream.range(0, 50)
			.mapToObj((number) -> this.feed.create("event-" + number))
			.toList();

		Long updates = Flux.range(0, 100_000)
			.flatMap((number) -> live.updates(events.get(number % events.size()))
				.take(1 + number % 2)
				.takeUntilOther(Mono.delay(Duration.ofMillis(number % 3)))
				.subscribeOn(Schedulers.parallel()), 64)
			.count()
			.block(TIMEOUT);

		assertThat(updates).isPositive();
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
			assertThat(live.openUpstreams()).isZero();
			assertThat(this.notifier.subscribedEvents()).isEmpty();
			assertThat(this.feed.subscribers).hasValue(0);
		});
	}

	@Test
	void servesSubscribersThatArriveWhileTheUpstreamCloses() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(1), Duration.ofNanos(1));
		EventId event = this.feed.create("event");

		Long updates = Flux.range(0, 100_000)
			.flatMap((number) -> live.current(event).subscribeOn(Schedulers.parallel()), 4)
			.count()
			.block(TIMEOUT);

		assertThat(updates).isEqualTo(100_000);
	}

	@Test
	void bringsFiveThousandSubscribersToTheFinalStateWithOneEncodingForEachChange() {
		LiveStatus<StatusUpdate> live = live(Duration.ofMillis(10), Duration.ZERO);
		EventId event = this.feed.create("event");
		Mono<List<Received>> subscribers = Flux.range(0, 5_000).flatMap((number) -> {
			Flux<StatusUpdate> updates = live.updates(event);
			boolean slow = number % 100 == 0;
			return receive(slow
					? updates.concatMap((update) -> Mono.just(update).delayElement(Duration.ofMillis(50)), 0) : updates,
					1_000);
		}, 5_000).collectList();

		List<Received> received = subscribers.zipWith(bookConcurrently(event, 1_000).thenReturn(0))
			.block(TIMEOUT)
			.getT1();

		assertThat(received).hasSize(5_000).allSatisfy((each) -> assertThat(each.last()).isEqualTo(1_000));
		assertThat(this.encoded.get()).isEqualTo(received.stream().mapToInt(Received::updates).max().orElseThrow());
	}

}
