package dev.lastseat.history;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RecorderTest {

	private static final UserId ADA = new UserId("ada");

	private static final Ledger LEDGER = new Ledger(3, 0, 0, List.of(), List.of(), List.of());

	private final Recorder recorder = new Recorder(new EventId("gala"), 3);

	private List<Operation> recorded() {
		return this.recorder.history(Mono.just(LEDGER)).block().operations();
	}

	@Test
	void recordsOperationsAndAnswers() {
		this.recorder.book(ADA, Mono.just(BookingOutcome.BOOKED)).block();
		this.recorder.cancel(ADA, Mono.just(ReleaseOutcome.RELEASED)).block();
		this.recorder.resize(7, Mono.just(ChangeOutcome.CHANGED)).block();

		History history = this.recorder.history(Mono.just(LEDGER)).block();

		assertThat(history.event()).isEqualTo(new EventId("gala"));
		assertThat(history.capacity()).isEqualTo(3);
		assertThat(history.ledger()).isEqualTo(LEDGER);
		assertThat(history.operations())
			.extracting(Operation::action, Operation::user, Operation::capacity, Operation::answer)
			.containsExactly(tuple(Action.BOOK, ADA, 0, Answer.BOOKED), tuple(Action.CANCEL, ADA, 0, Answer.RELEASED),
					tuple(Action.RESIZE, null, 7, Answer.CHANGED));
	}

	@Test
	void anOperationBeginsBeforeItsCallAndEndsAfterItsOutcome() {
		long[] during = new long[1];
		long before = System.nanoTime();
		Recorder recorder = new Recorder(new EventId("gala"), 3);
		recorder.book(ADA, Mono.fromSupplier(() -> {
			during[0] = System.nanoTime();
			return BookingOutcome.BOOKED;
		})).block();
		Operation operation = recorder.history(Mono.just(LEDGER)).block().operations().get(0);

		assertThat(operation.invoked()).isNotNegative().isLessThanOrEqualTo(during[0] - before);
		assertThat(operation.responded()).isLessThanOrEqualTo(System.nanoTime() - before)
			.isGreaterThanOrEqualTo(operation.invoked());
	}

	@Test
	void addsOperationsThatWereRecordedElsewhereWithTheSameOrigin() {
		Iterator<Long> times = List.of(1000L, 1030L, 1040L).iterator();
		Recorder recorder = new Recorder(new EventId("gala"), 3, times::next);
		recorder.book(ADA, Mono.just(BookingOutcome.BOOKED)).block();

		recorder.add(Operation.book(ADA, 1010, 1020, Answer.SOLD_OUT));
		recorder.add(Operation.cancel(ADA, 1050, Operation.NEVER, Answer.UNKNOWN));

		assertThat(recorder.history(Mono.just(LEDGER)).block().operations()).containsExactly(
				Operation.book(ADA, 30, 40, Answer.BOOKED), Operation.book(ADA, 10, 20, Answer.SOLD_OUT),
				Operation.cancel(ADA, 50, Operation.NEVER, Answer.UNKNOWN));
	}

	@Test
	void recordsEachSubscriptionAsAnOperation() {
		Mono<BookingOutcome> booking = this.recorder.book(ADA, Mono.just(BookingOutcome.SOLD_OUT));

		assertThat(recorded()).isEmpty();
		booking.repeat(2).blockLast();

		assertThat(recorded()).extracting(Operation::answer)
			.containsExactly(Answer.SOLD_OUT, Answer.SOLD_OUT, Answer.SOLD_OUT);
	}

	static Stream<Arguments> faults() {
		return Stream.of(arguments(new StorageException.Unavailable(new RuntimeException()), Answer.NOTHING_CHANGED),
				arguments(new StorageException.Busy(), Answer.NOTHING_CHANGED),
				arguments(new StorageException.OutcomeUnknown(new RuntimeException()), Answer.UNKNOWN),
				arguments(new IllegalStateException(), Answer.UNKNOWN));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void tellsWhetherAFaultMayHaveChangedTheEvent(Throwable fault, Answer answer) {
		this.recorder.book(ADA, Mono.error(fault))
			.as(StepVerifier::create)
			.verifyErrorSatisfies((error) -> assertThat(error).isSameAs(fault));

		assertThat(recorded()).extracting(Operation::answer).containsExactly(answer);
	}

	@Test
	void cancelledAndEmptySubscriptionsHaveAnUnknownOutcome() {
		this.recorder.book(ADA, Mono.never()).as(StepVerifier::create).thenCancel().verify();
		this.recorder.cancel(ADA, Mono.empty()).as(StepVerifier::create).verifyComplete();

		assertThat(recorded()).extracting(Operation::answer, Operation::responded)
			.containsOnly(tuple(Answer.UNKNOWN, Operation.NEVER));
	}

	@Test
	void anAnswerDuringTheFinalReadStaysUnknown() {
		Sinks.One<BookingOutcome> answer = Sinks.one();
		Mono<Ledger> read = Mono.fromSupplier(() -> {
			answer.tryEmitValue(BookingOutcome.BOOKED).orThrow();
			return LEDGER;
		});

		StepVerifier.create(this.recorder.book(ADA, answer.asMono()))
			.then(() -> assertThat(this.recorder.history(read).block().operations()).extracting(Operation::answer)
				.containsExactly(Answer.UNKNOWN))
			.expectNext(BookingOutcome.BOOKED)
			.verifyComplete();
	}

	@Test
	void failsForAnEventThatDoesNotExist() {
		this.recorder.history(Mono.empty()).as(StepVerifier::create).verifyError(NoSuchElementException.class);
	}

	@Test
	void losesNoOperationOfConcurrentThreads() {
		Flux.range(0, 10_000)
			.flatMap((number) -> this.recorder.book(new UserId("user-" + number), Mono.just(BookingOutcome.SOLD_OUT))
				.subscribeOn(Schedulers.parallel()), 64)
			.blockLast();

		assertThat(recorded()).hasSize(10_000).extracting(Operation::user).doesNotHaveDuplicates();
		assertThat(recorded()).extracting(Operation::answer).containsOnly(Answer.SOLD_OUT);
	}

}
