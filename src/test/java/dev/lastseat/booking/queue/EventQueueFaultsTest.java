package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue survives every failure of the storage and of the scheduler: each caller gets an
 * answer, the next request is decided, and no queue or slot is left.
 */
class EventQueueFaultsTest {

	private static final int LARGE = 40;

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.booking.queue", "reactor.core");

	private final ControlledStorage storage = new ControlledStorage();

	private final FaultyScheduler scheduler = new FaultyScheduler();

	private final List<Runnable> later = new ArrayList<>();

	/** The fault of the next round; null for none. */
	private @Nullable StorageFault fault;

	private FaultKind kind = FaultKind.EXCEPTION;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger rejected = new AtomicInteger();

	private final BookingMonitor monitor = new BookingMonitor() {

		@Override
		public void waitStarted() {
			EventQueueFaultsTest.this.waiting.incrementAndGet();
		}

		@Override
		public void waitEnded(Duration time) {
			EventQueueFaultsTest.this.waiting.decrementAndGet();
		}

		@Override
		public void failed(Request request, Throwable fault, Duration time) {
			if (fault instanceof OverloadedException) {
				EventQueueFaultsTest.this.rejected.incrementAndGet();
			}
		}

	};

	private final TestQueues queues = new TestQueues(ControlledStorage.deciding(this::decide), this.monitor,
			(event) -> {
			}, QueueSettings.DEFAULTS, this.scheduler);

	private Flux<Decision> decide(EventId event, List<Request> requests) {
		StorageFault now = this.fault;
		this.fault = null;
		return (now != null) ? now.decide(requests, this.kind, this.later::add) : this.storage.decide(event, requests);
	}

	static Stream<Arguments> faults() {
		return Arrays.stream(StorageFault.values())
			.flatMap((fault) -> Arrays.stream(FaultKind.values())
				.filter((kind) -> fault.raises() || kind == FaultKind.EXCEPTION)
				.map((kind) -> Arguments.of(fault, kind)));
	}

	static Stream<Arguments> faultsAndSizes() {
		return faults().flatMap(
				(fault) -> Stream.of(1, 3, LARGE).map((size) -> Arguments.of(fault.get()[0], fault.get()[1], size)));
	}

	@ParameterizedTest
	@MethodSource("faultsAndSizes")
	void survivesAFaultOfTheStorage(StorageFault next, FaultKind how, int size) throws InterruptedException {
		this.queues.book("first");
		IntStream.range(0, size).forEach(this::submit);
		this.fault = next;
		this.kind = how;
		this.storage.last().answer(BookingOutcome.BOOKED);
		runLater();
		if (next.hangs(how)) {
			assertThat(this.queues.answers()).hasSizeLessThan(1 + size);
			this.scheduler.time().advanceTimeBy(QueueSettings.DEFAULTS.roundTimeout());
		}

		assertThat(this.queues.answers()).startsWith("first BOOKED").hasSize(1 + size);
		assertThat(this.queues.answers().subList(1, 1 + size))
			.allMatch((answer) -> answer.matches("user-\\d+ " + next.answers()))
			.extracting((answer) -> answer.split(" ")[0])
			.doesNotHaveDuplicates();
		this.log.lines();
		assertNextRequestIsDecided();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void survivesAFaultInTheFirstRound(StorageFault next, FaultKind how) throws InterruptedException {
		this.fault = next;
		this.kind = how;

		submit(0);
		runLater();
		if (next.hangs(how)) {
			this.scheduler.time().advanceTimeBy(QueueSettings.DEFAULTS.roundTimeout());
		}

		assertThat(this.queues.answers()).singleElement().asString().matches("user-0 " + next.answers());
		this.log.lines();
		assertNextRequestIsDecided();
	}

	/** A booking or a cancellation. */
	private void submit(int number) {
		if (number % 3 == 1) {
			this.queues.cancel("user-" + number);
		}
		else {
			this.queues.book("user-" + number);
		}
	}

	private void runLater() throws InterruptedException {
		for (Runnable task : this.later) {
			Thread other = new Thread(task);
			other.setUncaughtExceptionHandler((thread, thrown) -> assertThat(this.kind.isFatal()).isTrue());
			other.start();
			other.join();
		}
	}

	private void assertNextRequestIsDecided() {
		this.queues.assertNothingIsLeft();
		assertThat(this.waiting).hasValue(0);
		this.queues.answers().clear();
		this.queues.bookAll("next", "last");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.SOLD_OUT);
		assertThat(this.queues.answers()).containsExactly("next BOOKED", "last SOLD_OUT");
		this.queues.assertNothingIsLeft();
	}

	@ParameterizedTest
	@EnumSource
	void doesNotSendARequestWhoseTimeoutCannotBeScheduled(FaultKind how) {
		this.queues.book("first");
		this.scheduler.fail(FaultyScheduler.Operation.SCHEDULE_LATER, how);

		this.queues.book("broken");

		assertThat(this.queues.answers()).containsExactly("broken " + FaultKind.BROKEN);
		this.scheduler.recover();
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).containsExactly("book first");
		assertNextRequestIsDecided();
	}

	@ParameterizedTest
	@EnumSource
	void doesNotSendARoundWhoseTimeoutCannotBeScheduled(FaultKind how) {
		this.queues.bookAll("first", "one", "two");
		this.scheduler.fail(FaultyScheduler.Operation.SCHEDULE_LATER, how);

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.queues.answers()).containsExactly("first BOOKED", "one " + FaultKind.BROKEN,
				"two " + FaultKind.BROKEN);
		assertThat(this.storage.rounds()).containsExactly("book first");
		this.scheduler.recover();
		assertNextRequestIsDecided();
	}

	@ParameterizedTest
	@EnumSource
	void answersALargeRoundWithoutTheScheduler(FaultKind how) {
		this.queues.book("first");
		IntStream.range(0, LARGE).forEach((number) -> this.queues.book("user-" + number));
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.scheduler.fail(FaultyScheduler.Operation.SCHEDULE_AT_ONCE, how);

		this.storage.last().requests().forEach((request) -> this.storage.last().decide(request, BookingOutcome.BOOKED));
		this.storage.last().answer();

		assertThat(this.queues.answers()).hasSize(1 + LARGE).allMatch((answer) -> answer.endsWith(" BOOKED"));
		this.scheduler.recover();
		assertNextRequestIsDecided();
	}

	@ParameterizedTest
	@EnumSource
	void aTimeoutThatCannotBeCancelledChangesNothing(FaultKind how) {
		this.scheduler.fail(FaultyScheduler.Operation.DISPOSE, how);
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("eve");
		this.queues.book("joe").dispose();
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().fail(new IllegalStateException("gone"));

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob gone", "eve gone");
		assertThat(this.log.lines()).isNotEmpty()
			.allMatch((line) -> line.startsWith("ERROR A callback failed") && line.contains(how.fault().toString()));
		this.scheduler.recover();
		assertNextRequestIsDecided();
		this.scheduler.time().advanceTimeBy(QueueSettings.DEFAULTS.roundTimeout());
		assertThat(this.rejected).hasValue(0);
		this.queues.assertNothingIsLeft();
	}

}
