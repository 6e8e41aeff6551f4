package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
import dev.lastseat.booking.Requests;
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
 * Many threads submit requests to queues that open and close all the time, because the
 * storage is so fast that few requests wait.
 */
class EventQueueRaceTest {

	private static final int REQUESTS = 60_000;

	/** One in so many requests is cancelled by its caller, at a varying moment. */
	private static final int CANCELLED = 7;

	private static final List<EventId> EVENTS = List.of(new EventId("a"), new EventId("b"), new EventId("c"));

	private final Map<EventId, AtomicInteger> underWay = new ConcurrentHashMap<>();

	private final Set<EventId> concurrentRounds = ConcurrentHashMap.newKeySet();

	private final AtomicInteger largestBatch = new AtomicInteger();

	private final AtomicInteger largestGroup = new AtomicInteger();

	private final Queue<List<Request>> conflicts = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger fewestWaiting = new AtomicInteger();

	private final EventRepository storage = ControlledStorage.deciding(this::decide);

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
			EventQueueRaceTest.this.largestBatch.accumulateAndGet(requests, Math::max);
		}

	};

	private Flux<Decision> decide(EventId event, List<Request> requests) {
		AtomicInteger now = this.underWay.computeIfAbsent(event, (id) -> new AtomicInteger());
		return Flux.defer(() -> {
			if (now.incrementAndGet() > 1) {
				this.concurrentRounds.add(event);
			}
			this.largestGroup.accumulateAndGet(users(requests).size(), Math::max);
			if (Set.copyOf(users(requests)).size() < users(requests).size()) {
				this.conflicts.add(requests);
			}
			return Flux.fromIterable(requests)
				.publishOn(Schedulers.parallel())
				.map(StorageFault::decision)
				.doOnTerminate(now::decrementAndGet);
		});
	}

	private static List<UserId> users(List<Request> requests) {
		return requests.stream().flatMap((request) -> request.users().stream()).toList();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 256 })
	void answersEachRequestAndRunsOneRoundOfAnEventAtATime(int maxBatch) {
		TestQueues queues = new TestQueues(this.storage, this.monitor, (event) -> {
		}, TestQueues.limits(maxBatch, REQUESTS, REQUESTS), Schedulers.parallel());

		Map<Boolean, Long> counts = Flux.range(0, REQUESTS)
			.flatMap((number) -> isAnswered(queues, number).subscribeOn(Schedulers.boundedElastic()), 32)
			.collect(Collectors.partitioningBy((answered) -> answered, Collectors.counting()))
			.block(TestRun.TIMEOUT);

		assertThat(counts.get(true)).isGreaterThanOrEqualTo(REQUESTS - REQUESTS / CANCELLED - 1);
		assertThat(counts.get(true) + counts.get(false)).isEqualTo(REQUESTS);
		Awaitility.await().untilAsserted(queues::assertNothingIsLeft);
		assertThat(this.concurrentRounds).isEmpty();
		assertThat(this.waiting).hasValue(0);
		assertThat(this.fewestWaiting).hasValue(0);
		assertThat(this.conflicts).isEmpty();
		assertThat(this.largestBatch.get()).isBetween(1, maxBatch);
		assertThat(this.largestGroup.get()).isBetween(1, maxBatch + 1);
		assertThat(this.sent.get()).isBetween(counts.get(true).intValue(), REQUESTS);
	}

	/**
	 * @return true when the request was answered; false when its caller cancelled it
	 */
	private Mono<Boolean> isAnswered(TestQueues queues, int number) {
		EventId event = EVENTS.get(number % EVENTS.size());
		UserId user = new UserId("user-" + (number % 100));
		UserId next = new UserId("user-" + (number + 1) % 100);
		Request request = switch (number % 8) {
			case 0, 1 -> new Request.Cancellation(user);
			case 2 -> new Request.Holding(user);
			case 3 -> new Request.HoldRelease(user);
			case 4 -> new Request.PartyBooking(List.of(user, next));
			case 5 -> new Request.PartyHolding(List.of(next, user));
			default -> new Request.Booking(user);
		};
		Mono<Boolean> answer = queues.queues().submit(event, request).map((outcome) -> isOf(outcome, request));
		if (number % CANCELLED != 0) {
			return answer;
		}
		Duration timeout = Duration.ofNanos(1_000L * (number % 50));
		return answer.timeout(timeout, Mono.just(false), Schedulers.boundedElastic());
	}

	private static boolean isOf(Outcome outcome, Request request) {
		assertThat(outcome).isInstanceOf(Requests.granted(request).getClass());
		return true;
	}

	/**
	 * The first answers are sent while the storage still decides; then the storage fails
	 * for the other requests.
	 */
	@RepeatedTest(50)
	void answersALargeRoundThatFailsWhileAnswersAreSent() throws InterruptedException {
		int size = 200;
		ControlledStorage controlled = new ControlledStorage();
		TestQueues queues = new TestQueues(controlled.asRepository(), BookingMonitor.NONE, (event) -> {
		}, TestQueues.limits(256, 1_000, 1_000), Schedulers.parallel());
		queues.book("first");
		CountDownLatch answers = new CountDownLatch(size);
		Flux.range(0, size)
			.flatMap((number) -> queues.queues()
				.submit(TestQueues.GALA, new Request.Booking(new UserId("user-" + number)))
				.onErrorComplete()
				.doOnTerminate(answers::countDown), size)
			.subscribe();
		controlled.last().answer(BookingOutcome.BOOKED);
		ControlledStorage.Call round = controlled.last();

		IntStream.range(0, 20).forEach((number) -> round.decide("user-" + number, BookingOutcome.BOOKED));
		round.fail(new IllegalStateException("gone"));

		assertThat(answers.await(TestRun.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		Awaitility.await().untilAsserted(queues::assertNothingIsLeft);
	}

}
