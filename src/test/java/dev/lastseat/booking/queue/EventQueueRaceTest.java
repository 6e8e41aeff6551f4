package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads submit requests to queues that open and close all the time: the storage is
 * so fast that hardly any request waits.
 */
class EventQueueRaceTest {

	private static final int REQUESTS = 60_000;

	/** Every such request is cancelled by its caller, at any moment. */
	private static final int CANCELLED = 7;

	private static final List<EventId> EVENTS = List.of(new EventId("a"), new EventId("b"), new EventId("c"));

	private final Map<EventId, AtomicInteger> underWay = new ConcurrentHashMap<>();

	private final Set<EventId> overtaken = ConcurrentHashMap.newKeySet();

	private final AtomicInteger largest = new AtomicInteger();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger fewestWaiting = new AtomicInteger();

	private final EventRepository storage = HeldStorage.deciding(this::decide);

	private final BookingMonitor monitor = new BookingMonitor() {

		@Override
		public void waitStarted() {
			EventQueueRaceTest.this.waiting.incrementAndGet();
		}

		@Override
		public void waitEnded(Duration time) {
			EventQueueRaceTest.this.fewestWaiting.accumulateAndGet(EventQueueRaceTest.this.waiting.decrementAndGet(),
					Math::min);
		}

		@Override
		public void roundEnded(int requests) {
			EventQueueRaceTest.this.sent.addAndGet(requests);
			EventQueueRaceTest.this.largest.accumulateAndGet(requests, Math::max);
		}

	};

	private Flux<Decision> decide(EventId event, List<Request> requests) {
		AtomicInteger now = this.underWay.computeIfAbsent(event, (id) -> new AtomicInteger());
		return Flux.defer(() -> {
			if (now.incrementAndGet() > 1) {
				this.overtaken.add(event);
			}
			return Flux.fromIterable(requests)
				.publishOn(Schedulers.parallel())
				.map(StorageFault::decision)
				.doOnTerminate(now::decrementAndGet);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 256 })
	void answersEachRequestAndRunsOneRoundOfAnEventAtATime(int maxBatch) {
		TestQueues queues = new TestQueues(this.storage, this.monitor, (event) -> {
		}, TestQueues.limits(maxBatch, REQUESTS, REQUESTS), Schedulers.parallel());

		Map<Boolean, Long> ends = Flux.range(0, REQUESTS)
			.flatMap((number) -> ends(queues, number).subscribeOn(Schedulers.boundedElastic()), 32)
			.collect(Collectors.partitioningBy((answered) -> answered, Collectors.counting()))
			.block(TestRun.TIMEOUT);

		assertThat(ends.get(true)).isGreaterThanOrEqualTo(REQUESTS - REQUESTS / CANCELLED - 1);
		assertThat(ends.get(true) + ends.get(false)).isEqualTo(REQUESTS);
		Awaitility.await().untilAsserted(queues::assertNothingIsLeft);
		assertThat(this.overtaken).isEmpty();
		assertThat(this.waiting).hasValue(0);
		assertThat(this.fewestWaiting).hasValue(0);
		assertThat(this.largest.get()).isBetween(1, maxBatch);
		assertThat(this.sent.get()).isBetween(ends.get(true).intValue(), REQUESTS);
	}

	/**
	 * @return whether the request was answered; false when its caller has cancelled it
	 */
	private Mono<Boolean> ends(TestQueues queues, int number) {
		EventId event = EVENTS.get(number % EVENTS.size());
		UserId user = new UserId("user-" + (number % 100));
		Request request = (number % 5 < 2) ? new Request.Cancellation(user) : new Request.Booking(user);
		Mono<Boolean> answer = queues.queues().submit(event, request).map((outcome) -> isOf(outcome, request));
		if (number % CANCELLED != 0) {
			return answer;
		}
		Duration patience = Duration.ofNanos(1_000L * (number % 50));
		return answer.timeout(patience, Mono.just(false), Schedulers.boundedElastic());
	}

	private static boolean isOf(Outcome outcome, Request request) {
		assertThat(outcome instanceof BookingOutcome).isEqualTo(request instanceof Request.Booking);
		return true;
	}

	/**
	 * The first answers are given while the storage decides, and then fails to decide the
	 * rest.
	 */
	@RepeatedTest(50)
	void answersALargeRoundThatFailsWhileItIsAnswered() throws InterruptedException {
		int size = 200;
		HeldStorage held = new HeldStorage();
		TestQueues queues = new TestQueues(held.asRepository(), BookingMonitor.NONE, (event) -> {
		}, TestQueues.limits(256, 1_000, 1_000), Schedulers.parallel());
		queues.book("first");
		CountDownLatch answers = new CountDownLatch(size);
		Flux.range(0, size)
			.flatMap((number) -> queues.queues()
				.submit(TestQueues.GALA, new Request.Booking(new UserId("user-" + number)))
				.onErrorComplete()
				.doOnTerminate(answers::countDown), size)
			.subscribe();
		held.last().answer(BookingOutcome.BOOKED);
		HeldStorage.Call round = held.last();

		IntStream.range(0, 20).forEach((number) -> round.decide("user-" + number, BookingOutcome.BOOKED));
		round.fail(new IllegalStateException("gone"));

		assertThat(answers.await(TestRun.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		Awaitility.await().untilAsserted(queues::assertNothingIsLeft);
	}

}
