package dev.lastseat.booking.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.AnswerPacer;
import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.queue.ControlledReads.Call;
import dev.lastseat.booking.queue.ControlledReads.Read;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which calls share a read, and what they get.
 */
class SharedReadsTest {

	private static final EventId GALA = ControlledReads.GALA;

	private static final EventId BALL = new EventId("ball");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.booking.queue");

	private final FaultyScheduler scheduler = new FaultyScheduler();

	private final ControlledReads reads = new ControlledReads(3, this.scheduler);

	@Test
	void aSingleCallIsReadAtOnceAndNeedsNoTimer() {
		Call call = this.reads.call("ada");

		assertThat(this.reads.started()).singleElement().satisfies((read) -> {
			assertThat(read.event()).isEqualTo(GALA);
			assertThat(read.questions()).containsExactly("ada");
		});
		assertThat(this.scheduler.pendingTasks()).isZero();
		this.reads.started(0).answer();
		assertThat(call.isAnsweredByALaterRead()).isTrue();
		assertThat(call.completed()).isTrue();
		this.reads.assertNothingIsLeft();
	}

	@Test
	void isLazyAndReadsForEachSubscription() {
		this.reads.reads().read(GALA, "ada");

		assertThat(this.reads.started()).isEmpty();
	}

	@Test
	void callsDuringAReadShareTheNextOne() {
		Call first = this.reads.call("ada");
		Call second = this.reads.call("bob");
		Call third = this.reads.call("eve");
		assertThat(this.reads.started()).hasSize(1);

		this.reads.started(0).answer();

		assertThat(first.answers()).hasSize(1);
		assertThat(second.answers()).isEmpty();
		assertThat(this.reads.started()).hasSize(2);
		assertThat(this.reads.started(1).questions()).containsExactly("bob", "eve");
		this.reads.started(1).answer();
		assertThat(List.of(second, third)).allMatch(Call::completed).allMatch(Call::isAnsweredByALaterRead);
		this.reads.assertNothingIsLeft();
	}

	@Test
	void asksOnceForEqualQuestions() {
		this.reads.call("ada");
		this.reads.call("bob");
		this.reads.call("bob");

		this.reads.started(0).answer();

		assertThat(this.reads.started(1).questions()).containsExactly("bob");
		this.reads.started(1).answer();
		assertThat(this.reads.calls()).allMatch((call) -> call.answers().size() == 1);
	}

	@Test
	void anEmptyReadIsEmptyForItsCallers() {
		Call call = this.reads.call("ada");

		this.reads.started(0).findNothing();

		assertThat(call.answers()).isEmpty();
		assertThat(call.completed()).isTrue();
	}

	@Test
	void readsOfDifferentEventsDoNotWaitForEachOther() {
		this.reads.call(GALA, "ada");
		this.reads.call(BALL, "ada");

		assertThat(this.reads.started()).extracting(Read::event).containsExactly(GALA, BALL);
	}

	@Test
	void callersAboveTheLimitOfAReadWaitForTheReadAfterIt() {
		this.reads.call("first");
		IntStream.rangeClosed(1, 7).forEach((number) -> this.reads.call("user-" + number));

		IntStream.range(0, 4).forEach((number) -> this.reads.started(number).answer());

		assertThat(this.reads.started()).extracting((read) -> read.questions().size()).containsExactly(1, 3, 3, 1);
		assertThat(this.reads.calls()).allMatch(Call::completed).allMatch(Call::isAnsweredByALaterRead);
		this.reads.assertNothingIsLeft();
	}

	@Test
	void aFailedReadFailsItsOwnCallersAndIsReportedOnce() {
		this.reads.call("first");
		Call second = this.reads.call("ada");
		Call third = this.reads.call("bob");
		this.reads.started(0).answer();
		Call fourth = this.reads.call("eve");

		this.reads.started(1).fail("gone");
		this.reads.started(2).answer();

		assertThat(second.answers()).containsExactly("gone");
		assertThat(third.answers()).containsExactly("gone");
		assertThat(fourth.isAnsweredByALaterRead()).isTrue();
		assertThat(this.reads.reported()).extracting(Throwable::getMessage).containsExactly("gone");
		this.reads.assertNothingIsLeft();
	}

	@Test
	void aReadThatThrowsFailsItsCallers() {
		this.reads.onStart((read) -> {
			throw read.throwAtOnce("broken");
		});

		Call call = this.reads.call("ada");

		assertThat(call.answers()).containsExactly("broken");
		assertThat(this.reads.reported()).hasSize(1);
		this.reads.assertNothingIsLeft();
	}

	/** With a recursion for each read, the stack would overflow. */
	@Test
	void readsThatEndAtOnceDoNotLetTheStackGrow() {
		this.reads.onStart((read) -> (this.reads.started().size() == 1) ? read.answerLater() : read.answerAtOnce());
		IntStream.range(0, 60_000).forEach((number) -> this.reads.call("user-" + number));

		this.reads.started(0).answer();

		assertThat(this.reads.started()).hasSizeGreaterThan(20_000);
		assertThat(this.reads.calls()).allMatch(Call::completed);
		this.reads.assertNothingIsLeft();
	}

	@Test
	void cancellingDoesNotStopTheReadOfOthers() {
		this.reads.call("first");
		Call cancelled = this.reads.call("ada");
		Call other = this.reads.call("bob");
		this.reads.started(0).answer();

		cancelled.cancel();
		this.reads.started(1).answer();

		assertThat(cancelled.answers()).isEmpty();
		assertThat(other.answers()).hasSize(1);
	}

	@Test
	void cancellingTheOnlyCallerOfAReadUnderWayLeavesTheReadAlone() {
		this.reads.call("ada").cancel();
		Call next = this.reads.call("bob");
		assertThat(this.reads.started()).hasSize(1);

		this.reads.started(0).fail("gone");
		this.reads.started(1).answer();

		assertThat(next.isAnsweredByALaterRead()).isTrue();
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void aReadWhoseCallersHaveAllCancelledIsNotSent() {
		this.reads.call("first");
		this.reads.call("ada").cancel();

		this.reads.started(0).answer();

		assertThat(this.reads.started()).hasSize(1);
		this.reads.assertNothingIsLeft();
	}

	@Test
	void aCancelledQuestionIsNotAsked() {
		this.reads.call("first");
		Call cancelled = this.reads.call("ada");
		this.reads.call("bob");
		cancelled.cancel();

		this.reads.started(0).answer();

		assertThat(this.reads.started(1).questions()).containsExactly("bob");
	}

	@Test
	void aReadThatDoesNotEndHoldsTheNextOneBackForALimitedTime() {
		Call first = this.reads.call("ada");
		Call second = this.reads.call("bob");
		this.scheduler.time().advanceTimeBy(ControlledReads.MAX_WAIT.minusMillis(1));
		assertThat(this.reads.started()).hasSize(1);

		this.scheduler.time().advanceTimeBy(ControlledReads.MAX_WAIT);

		assertThat(this.reads.started()).hasSize(2);
		this.reads.started(1).answer();
		assertThat(second.isAnsweredByALaterRead()).isTrue();
		assertThat(first.answers()).isEmpty();
		this.reads.assertNothingIsLeft();
		this.reads.started(0).answer();
		assertThat(first.answers()).hasSize(1);
		assertThat(this.scheduler.pendingTasks()).isZero();
	}

	@Test
	void theEndOfAReadThatWasOvertakenStartsNoOther() {
		this.reads.call("ada");
		this.reads.call("bob");
		this.scheduler.time().advanceTimeBy(ControlledReads.MAX_WAIT);
		this.reads.call("eve");

		this.reads.started(0).answer();

		assertThat(this.reads.started()).hasSize(2);
		this.reads.started(1).answer();
		this.reads.started(2).answer();
		assertThat(this.reads.unanswered()).isEmpty();
		this.reads.assertNothingIsLeft();
	}

	@Test
	void theTimerEndsWithTheReadItLimits() {
		this.reads.call("ada");
		this.reads.call("bob");
		this.reads.call("eve");
		assertThat(this.scheduler.pendingTasks()).isEqualTo(1);

		this.reads.started(0).answer();

		assertThat(this.scheduler.pendingTasks()).isZero();
	}

	@Test
	void callersAboveTheLimitOfAReadDoNotWaitForItsEndForEver() {
		IntStream.range(0, 5).forEach((number) -> this.reads.call("user-" + number));
		this.reads.started(0).answer();

		this.scheduler.time().advanceTimeBy(ControlledReads.MAX_WAIT);

		assertThat(this.reads.started()).hasSize(3);
	}

	@Test
	void aTimerThatCannotBeSetFailsNoCall() {
		this.scheduler.fail(FaultyScheduler.Operation.SCHEDULE_LATER, FaultKind.EXCEPTION);
		this.reads.call("ada");
		Call second = this.reads.call("bob");

		this.reads.started(0).answer();
		this.reads.started(1).answer();

		assertThat(second.isAnsweredByALaterRead()).isTrue();
		this.reads.assertNothingIsLeft();
	}

	@Test
	void aMonitorThatThrowsChangesNoAnswer() {
		ControlledReads broken = new ControlledReads(3, this.scheduler, AnswerPacers.of(this.scheduler), (fault) -> {
			throw new IllegalStateException("broken");
		});
		Call call = broken.call("ada");

		broken.started(0).fail("gone");

		assertThat(call.answers()).containsExactly("gone");
		assertThat(this.log.lines()).singleElement().asString().startsWith("ERROR A callback failed");
	}

	@Test
	void aReadHasTheContextOfItsFirstCaller() {
		Context context = Context.of(Map.of("trace", "1"));
		this.reads.reads().read(GALA, "ada").contextWrite(context).subscribe();

		assertThat(this.reads.started(0).context().<String>get("trace")).isEqualTo("1");
	}

	@Test
	void answersOnTheThreadsThatSubmittedTheCalls() {
		ManualPacer first = new ManualPacer();
		ManualPacer second = new ManualPacer();
		AtomicReference<AnswerPacer> current = new AtomicReference<>(first);
		ControlledReads reads = new ControlledReads(3, this.scheduler, current::get);
		Call ada = reads.call("ada");
		current.set(second);
		Call bob = reads.call("bob");

		reads.started(0).answer();
		reads.started(1).answer();

		assertThat(reads.unanswered()).containsExactly(ada, bob);
		first.run();
		assertThat(reads.unanswered()).containsExactly(bob);
		second.run();
		assertThat(bob.isAnsweredByALaterRead()).isTrue();
	}

	@Test
	void aReadWithManyCallersIsAnsweredInSlices() {
		ManualPacer pacer = new ManualPacer();
		ControlledReads reads = new ControlledReads(100, this.scheduler, () -> pacer);
		IntStream.rangeClosed(0, AnswerSlices.SIZE + 1).forEach((number) -> reads.call("user-" + number));
		reads.started(0).answer();
		pacer.run();

		reads.started(1).fail("gone");

		pacer.run();
		assertThat(reads.unanswered()).hasSize(1);
		pacer.run();
		assertThat(reads.unanswered()).isEmpty();
		assertThat(reads.calls()).allMatch((call) -> call.answers().size() == 1);
	}

	/** A thread whose tasks the test runs. */
	private static final class ManualPacer implements AnswerPacer {

		private final Deque<Runnable> tasks = new ArrayDeque<>();

		@Override
		public void execute(Runnable answer) {
			this.tasks.add(answer);
		}

		@Override
		public void schedule(Runnable slice) {
			this.tasks.add(slice);
		}

		/** Runs the tasks that it has now. */
		void run() {
			List<Runnable> now = List.copyOf(this.tasks);
			this.tasks.clear();
			now.forEach(Runnable::run);
		}

	}

}
