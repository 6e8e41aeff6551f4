package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.lastseat.TestRun;
import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.EventId;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads read a few events through queues that open and close all the time.
 */
class SharedReadsRaceTest {

	private static final int CALLS = 60_000;

	/** One in so many calls is cancelled by its caller, at a varying moment. */
	private static final int CANCELLED = 7;

	/** One in so many reads fails. */
	private static final int FAILED = 11;

	private static final List<EventId> EVENTS = List.of(new EventId("a"), new EventId("b"), new EventId("c"));

	private final AtomicLong clock = new AtomicLong();

	private final AtomicInteger started = new AtomicInteger();

	private final Map<EventId, AtomicInteger> underWay = new ConcurrentHashMap<>();

	private final Set<EventId> concurrentReads = ConcurrentHashMap.newKeySet();

	/**
	 * @return the time of the start and the questions
	 */
	private Mono<Answer> read(EventId event, Set<Integer> questions) {
		AtomicInteger now = this.underWay.computeIfAbsent(event, (id) -> new AtomicInteger());
		return Mono.defer(() -> {
			if (now.incrementAndGet() > 1) {
				this.concurrentReads.add(event);
			}
			Answer answer = new Answer(this.clock.incrementAndGet(), questions);
			Mono<Answer> end = (this.started.incrementAndGet() % FAILED == 0)
					? Mono.error(new IllegalStateException("gone")) : Mono.just(answer);
			return end.delaySubscription(Mono.empty().publishOn(Schedulers.parallel()))
				.doOnTerminate(now::decrementAndGet);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 256 })
	void answersEachCallFromAReadThatStartedAfterIt(int maxCallers) {
		SharedReads<Integer, Answer> reads = new SharedReads<>(this::read, maxCallers, TestRun.TIMEOUT,
				new Callbacks(BookingMonitor.NONE, (event) -> {
				}), Schedulers.parallel(), new AnswersByThread(AnswerPacers.of(Schedulers.parallel())));

		Map<Result, Long> results = Flux.range(0, CALLS)
			.flatMap((number) -> call(reads, number).subscribeOn(Schedulers.boundedElastic()), 32)
			.collect(Collectors.groupingBy((result) -> result, Collectors.counting()))
			.block(TestRun.TIMEOUT);

		assertThat(results).containsKeys(Result.TRUE, Result.FAULT).doesNotContainKey(Result.UNTRUE);
		assertThat(results.getOrDefault(Result.CANCELLED, 0L)).isLessThanOrEqualTo(CALLS / CANCELLED + 1);
		assertThat(results.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CALLS);
		assertThat(this.started.get()).isLessThanOrEqualTo(CALLS);
		assertThat(this.concurrentReads).isEmpty();
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(reads).extracting("queues").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty());
	}

	private Mono<Result> call(SharedReads<Integer, Answer> reads, int number) {
		EventId event = EVENTS.get(number % EVENTS.size());
		Mono<Result> answer = Mono.defer(() -> {
			long arrival = this.clock.incrementAndGet();
			return reads.read(event, number)
				.map((found) -> (found.start() > arrival && found.questions().contains(number)) ? Result.TRUE
						: Result.UNTRUE);
		}).onErrorReturn(IllegalStateException.class, Result.FAULT);
		if (number % CANCELLED != 0) {
			return answer;
		}
		Duration timeout = Duration.ofNanos(1_000L * (number % 50));
		return answer.timeout(timeout, Mono.just(Result.CANCELLED), Schedulers.boundedElastic());
	}

	private enum Result {

		TRUE, UNTRUE, FAULT, CANCELLED

	}

	private record Answer(long start, Set<Integer> questions) {
	}

}
