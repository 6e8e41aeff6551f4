package dev.lastseat.booking;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told of what is written.
 */
class BookingServiceTest {

	private static final EventId EVENT = new EventId("gala");

	private static final UserId ADA = new UserId("ada");

	private final List<EventId> told = new ArrayList<>();

	/**
	 * A service whose every write ends like this.
	 */
	private BookingService service(Mono<?> answer) {
		EventRepository events = (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EventRepository.class },
				(proxy, method, arguments) -> method.getName().equals("decide")
						? answer.map((outcome) -> new Decision(ADA, (Outcome) outcome)).flux() : answer);
		return new BookingService(events, Clock.systemUTC(), BookingMonitor.NONE, this.told::add,
				QueueSettings.DEFAULTS);
	}

	static Stream<Function<BookingService, Mono<?>>> writes() {
		return Stream.of((service) -> service.book(EVENT, ADA), (service) -> service.release(EVENT, ADA),
				(service) -> service.change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE),
				(service) -> service.delete(EVENT, false, RevisionCondition.NONE));
	}

	@ParameterizedTest
	@EnumSource
	void tellsOfABookingOnlyWhenItTookASeat(BookingOutcome outcome) {
		service(Mono.just(outcome)).book(EVENT, ADA).block();

		assertThat(this.told).hasSize((outcome == BookingOutcome.BOOKED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void tellsOfAReleaseOnlyWhenItGaveASeatBack(ReleaseOutcome outcome) {
		service(Mono.just(outcome)).release(EVENT, ADA).block();

		assertThat(this.told).hasSize((outcome == ReleaseOutcome.RELEASED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void tellsOfAChangeOnlyWhenItWasMade(ChangeOutcome outcome) {
		service(Mono.just(outcome)).change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE).block();

		assertThat(this.told).hasSize((outcome == ChangeOutcome.CHANGED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void tellsOfADeletionOnlyWhenItWasMade(DeletionOutcome outcome) {
		service(Mono.just(outcome)).delete(EVENT, false, RevisionCondition.NONE).block();

		assertThat(this.told).hasSize((outcome == DeletionOutcome.DELETED) ? 1 : 0);
	}

	@ParameterizedTest
	@MethodSource("writes")
	void tellsOfAWriteWhoseOutcomeIsUnknown(Function<BookingService, Mono<?>> write) {
		Throwable unknown = new StorageException.OutcomeUnknown(new IllegalStateException("no answer"));

		write.apply(service(Mono.error(unknown))).as(StepVerifier::create).verifyErrorMatches(unknown::equals);

		assertThat(this.told).containsExactly(EVENT);
	}

	@Test
	void tellsOfAChangeThatIsNotWaitedForAnyMore() {
		service(Mono.never()).change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE).subscribe().dispose();

		assertThat(this.told).containsExactly(EVENT);
	}

	@Test
	void tellsOfABookingThatIsNotWaitedForAnyMoreOnceItIsMade() {
		Sinks.One<BookingOutcome> storage = Sinks.one();
		service(storage.asMono()).book(EVENT, ADA).subscribe().dispose();
		assertThat(this.told).isEmpty();

		storage.emitValue(BookingOutcome.BOOKED, Sinks.EmitFailureHandler.FAIL_FAST);

		assertThat(this.told).containsExactly(EVENT);
	}

	@ParameterizedTest
	@MethodSource("writes")
	void tellsNothingWhenNothingWasWritten(Function<BookingService, Mono<?>> write) {
		Throwable away = new StorageException.Unavailable(new IllegalStateException("away"));

		write.apply(service(Mono.error(away))).as(StepVerifier::create).verifyErrorMatches(away::equals);

		assertThat(this.told).isEmpty();
	}

	@Test
	void tellsBeforeTheWriterHasItsAnswer() {
		service(Mono.just(BookingOutcome.BOOKED)).book(EVENT, ADA)
			.doOnNext((outcome) -> assertThat(this.told).containsExactly(EVENT))
			.block();
	}

}
