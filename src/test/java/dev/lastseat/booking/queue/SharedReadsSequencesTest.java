package dev.lastseat.booking.queue;

import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.queue.ControlledReads.Call;
import dev.lastseat.booking.queue.ControlledReads.Read;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every sequence of a few steps: calls, cancellations, ends and faults of reads, and the
 * limit of the wait.
 */
class SharedReadsSequencesTest {

	/** All sequences of this length, and so all shorter ones. */
	private static final int STEPS = 6;

	private enum Step {

		CALL, CANCEL_OLDEST, CANCEL_NEWEST, END_OLDEST, FAIL_NEWEST, REACH_LIMIT

	}

	/** What a read does when it starts. */
	enum Storage {

		ANSWERS_LATER {

			@Override
			ControlledReads.Start start(ControlledReads reads) {
				return Read::answerLater;
			}

		},
		ANSWERS_EVERY_OTHER_READ_AT_ONCE {

			@Override
			ControlledReads.Start start(ControlledReads reads) {
				return (read) -> (reads.started().size() % 2 == 0) ? read.answerAtOnce() : read.answerLater();
			}

		},
		THROWS_ON_EVERY_OTHER_READ {

			@Override
			ControlledReads.Start start(ControlledReads reads) {
				return (read) -> {
					if (reads.started().size() % 2 == 0) {
						throw read.throwAtOnce("fault");
					}
					return read.answerLater();
				};
			}

		};

		abstract ControlledReads.Start start(ControlledReads reads);

	}

	@ParameterizedTest
	@EnumSource
	void answersEachCallOnceByAReadThatStartedAfterIt(Storage storage) {
		int sequences = 0;
		for (List<Step> steps : sequences(STEPS)) {
			check(storage, steps);
			sequences++;
		}
		assertThat(sequences).isEqualTo((int) Math.pow(Step.values().length, STEPS));
	}

	private static List<List<Step>> sequences(int length) {
		List<List<Step>> sequences = List.of(List.of());
		for (int step = 0; step < length; step++) {
			List<List<Step>> longer = new ArrayList<>(sequences.size() * Step.values().length);
			for (List<Step> sequence : sequences) {
				for (Step next : Step.values()) {
					List<Step> extended = new ArrayList<>(sequence);
					extended.add(next);
					longer.add(extended);
				}
			}
			sequences = longer;
		}
		return sequences;
	}

	private static void check(Storage storage, List<Step> steps) {
		VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
		ControlledReads reads = new ControlledReads(2, scheduler);
		reads.onStart(storage.start(reads));
		boolean limitReached = false;
		for (Step step : steps) {
			perform(step, reads, scheduler);
			limitReached |= step == Step.REACH_LIMIT;
			if (!limitReached && reads.underWay().size() > 1) {
				throw new AssertionError("two reads under way after " + steps);
			}
			if (reads.underWay().isEmpty() && !reads.unanswered().isEmpty()) {
				throw new AssertionError("a call waits for no read after " + steps);
			}
		}
		while (!reads.underWay().isEmpty()) {
			reads.underWay().get(0).answer();
		}
		reads.calls().forEach((call) -> checkAnswer(call, steps));
		reads.assertNothingIsLeft();
	}

	private static void perform(Step step, ControlledReads reads, VirtualTimeScheduler scheduler) {
		List<Call> unanswered = reads.unanswered();
		List<Read> underWay = reads.underWay();
		switch (step) {
			case CALL -> reads.call("question");
			case CANCEL_OLDEST -> unanswered.stream().findFirst().ifPresent(Call::cancel);
			case CANCEL_NEWEST -> unanswered.stream().reduce((first, second) -> second).ifPresent(Call::cancel);
			case END_OLDEST -> underWay.stream().findFirst().ifPresent(Read::answer);
			case FAIL_NEWEST ->
				underWay.stream().reduce((first, second) -> second).ifPresent((read) -> read.fail("fault"));
			case REACH_LIMIT -> scheduler.advanceTimeBy(ControlledReads.MAX_WAIT);
		}
	}

	private static void checkAnswer(Call call, List<Step> steps) {
		boolean once = call.answers().size() == (call.cancelled() ? 0 : 1);
		if (!once || !(call.answers().contains("fault") || call.isAnsweredByALaterRead())) {
			throw new AssertionError(call.answers() + " after " + steps);
		}
	}

}
