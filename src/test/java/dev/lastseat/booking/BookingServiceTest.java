package dev.lastseat.booking;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which writes are reported to the change listener, and what a callback that throws
 * changes.
 */
class BookingServiceTest {

	private static final EventId EVENT = new EventId("gala");

	private static final UserId ADA = new UserId("ada");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.booking.queue");

	private final List<EventId> reported = new ArrayList<>();

	/**
	 * @param answer the result of every method of the repository
	 */
	private BookingService service(Mono<?> answer) {
		return service(answer, BookingMonitor.NONE, this.reported::add);
	}

	private BookingService service(Mono<?> answer, BookingMonitor monitor, ChangeListener listener) {
		EventRepository events = (EventRepository) Proxy
			.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { EventRepository.class },
					(proxy, method, arguments) -> method.getName().equals("decide") ? answer
						.map((outcome) -> new Decision((Request) ((List<?>) arguments[1]).get(0), (Outcome) outcome))
						.flux() : answer);
		return new BookingService(events, Clock.systemUTC(), monitor, listener, QueueSettings.DEFAULTS);
	}

	static Stream<Function<BookingService, Mono<?>>> writes() {
		return Stream.of((service) -> service.book(EVENT, ADA), (service) -> service.release(EVENT, ADA),
				(service) -> service.hold(EVENT, ADA), (service) -> service.releaseHold(EVENT, ADA),
				(service) -> service.book(EVENT, new Request.PartyBooking(List.of(ADA))),
				(service) -> service.hold(EVENT, new Request.PartyHolding(List.of(ADA))),
				(service) -> service.change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE),
				(service) -> service.delete(EVENT, false, RevisionCondition.NONE));
	}

	@ParameterizedTest
	@EnumSource
	void reportsABookingOnlyWhenItTookASeat(BookingOutcome outcome) {
		service(Mono.just(outcome)).book(EVENT, ADA).block();

		assertThat(this.reported)
			.hasSize((outcome == BookingOutcome.BOOKED || outcome == BookingOutcome.CONFIRMED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsACancellationOnlyWhenItReleasedASeat(ReleaseOutcome outcome) {
		service(Mono.just(outcome)).release(EVENT, ADA).block();

		assertThat(this.reported).hasSize((outcome == ReleaseOutcome.RELEASED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsAHoldOnlyWhenItWasMade(HoldOutcome.Kind kind) {
		HoldOutcome outcome = new HoldOutcome(kind, null);

		assertThat(service(Mono.just(outcome)).hold(EVENT, ADA).block()).isEqualTo(outcome);

		assertThat(this.reported).hasSize((kind == HoldOutcome.Kind.HELD) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsAReleaseOfAHoldOnlyWhenItEndedOne(HoldReleaseOutcome outcome) {
		assertThat(service(Mono.just(outcome)).releaseHold(EVENT, ADA).block()).isEqualTo(outcome);

		assertThat(this.reported).hasSize((outcome == HoldReleaseOutcome.RELEASED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsABookingOfAPartyOnlyWhenItTookASeat(PartyOutcome.Kind kind) {
		Request.PartyBooking party = new Request.PartyBooking(Requests.users("ada", "bob"));
		PartyOutcome outcome = new PartyOutcome(kind, List.of(), party.users(), 0);

		assertThat(service(Mono.just(outcome)).book(EVENT, party).block()).isEqualTo(outcome);

		assertThat(this.reported).hasSize((kind == PartyOutcome.Kind.BOOKED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsTheHoldsOfAPartyOnlyWhenOneWasMade(HoldOutcome.Kind kind) {
		Request.PartyHolding party = new Request.PartyHolding(Requests.users("ada", "bob"));
		PartyHoldOutcome outcome = new PartyHoldOutcome(kind, List.of(), List.of(), 0);

		assertThat(service(Mono.just(outcome)).hold(EVENT, party).block()).isEqualTo(outcome);

		assertThat(this.reported).hasSize((kind == HoldOutcome.Kind.HELD) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsAChangeOnlyWhenItWasMade(ChangeOutcome outcome) {
		service(Mono.just(outcome)).change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE).block();

		assertThat(this.reported).hasSize((outcome == ChangeOutcome.CHANGED) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void reportsADeletionOnlyWhenItWasMade(DeletionOutcome outcome) {
		service(Mono.just(outcome)).delete(EVENT, false, RevisionCondition.NONE).block();

		assertThat(this.reported).hasSize((outcome == DeletionOutcome.DELETED) ? 1 : 0);
	}

	@ParameterizedTest
	@MethodSource("writes")
	void reportsAWriteWhoseOutcomeIsUnknown(Function<BookingService, Mono<?>> write) {
		Throwable unknown = new StorageException.OutcomeUnknown(new IllegalStateException("no answer"));

		write.apply(service(Mono.error(unknown))).as(StepVerifier::create).verifyErrorMatches(unknown::equals);

		assertThat(this.reported).containsExactly(EVENT);
	}

	@Test
	void reportsAChangeWhoseCallerHasCancelled() {
		service(Mono.never()).change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE).subscribe().dispose();

		assertThat(this.reported).containsExactly(EVENT);
	}

	@Test
	void reportsABookingWhoseCallerHasCancelledWhenItIsDecided() {
		Sinks.One<BookingOutcome> storage = Sinks.one();
		service(storage.asMono()).book(EVENT, ADA).subscribe().dispose();
		assertThat(this.reported).isEmpty();

		storage.emitValue(BookingOutcome.BOOKED, Sinks.EmitFailureHandler.FAIL_FAST);

		assertThat(this.reported).containsExactly(EVENT);
	}

	@Test
	void anExceptionOfTheListenerChangesNoOutcome() {
		BookingService service = service(Mono.just(ChangeOutcome.CHANGED), BookingMonitor.NONE, (event) -> {
			throw new IllegalStateException("broken");
		});

		service.change(EVENT, EventChange.ofCapacity(1), RevisionCondition.NONE)
			.as(StepVerifier::create)
			.expectNext(ChangeOutcome.CHANGED)
			.verifyComplete();
		assertThat(this.log.lines()).singleElement().asString().startsWith("ERROR A callback failed");
	}

	@Test
	void anExceptionOfTheMonitorChangesNoFault() {
		Throwable unavailable = new StorageException.Unavailable(new IllegalStateException("unavailable"));
		BookingMonitor broken = new BookingMonitor() {

			@Override
			public void storageFailed(Throwable fault) {
				throw new IllegalStateException("broken");
			}

		};

		service(Mono.error(unavailable), broken, this.reported::add).find(EVENT)
			.as(StepVerifier::create)
			.verifyErrorMatches(unavailable::equals);
		assertThat(this.log.lines()).singleElement().asString().startsWith("ERROR A callback failed");
	}

	@ParameterizedTest
	@MethodSource("writes")
	void reportsNothingWhenNothingWasWritten(Function<BookingService, Mono<?>> write) {
		Throwable unavailable = new StorageException.Unavailable(new IllegalStateException("unavailable"));

		write.apply(service(Mono.error(unavailable))).as(StepVerifier::create).verifyErrorMatches(unavailable::equals);

		assertThat(this.reported).isEmpty();
	}

	@Test
	void callsForTheSameEventShareARead() {
		AtomicInteger reads = new AtomicInteger();
		Sinks.One<Object> first = Sinks.one();
		Event gala = new Event(EVENT, "Gala", null, Instant.EPOCH, null, 1, SaleTerms.DEFAULT, 0, 0, 0, 1,
				Instant.EPOCH);
		BookingService service = service(
				Mono.defer(() -> (reads.incrementAndGet() == 1) ? first.asMono() : Mono.just(gala)));
		List<Mono<Event>> calls = Stream.generate(() -> service.find(EVENT).cache()).limit(5).toList();
		calls.forEach(Mono::subscribe);

		first.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

		assertThat(calls.stream().map(Mono::block)).containsExactly(null, gala, gala, gala, gala);
		assertThat(reads).hasValue(2);
	}

	@Test
	void lookUpsForTheSameEventShareARead() {
		AtomicInteger reads = new AtomicInteger();
		Sinks.One<Object> first = Sinks.one();
		BookingService service = service(
				Mono.defer(() -> (reads.incrementAndGet() == 1) ? first.asMono() : Mono.just(Set.of(ADA))));
		List<Mono<Boolean>> calls = Stream.of(ADA, ADA, new UserId("bob"), ADA)
			.map((user) -> service.isRegistered(EVENT, user).cache())
			.toList();
		calls.forEach(Mono::subscribe);

		first.emitValue(Set.of(), Sinks.EmitFailureHandler.FAIL_FAST);

		assertThat(calls.stream().map(Mono::block)).containsExactly(false, true, false, true);
		assertThat(reads).hasValue(2);
	}

	@Test
	void reportsAChangeBeforeTheCallerGetsItsAnswer() {
		service(Mono.just(BookingOutcome.BOOKED)).book(EVENT, ADA)
			.doOnNext((outcome) -> assertThat(this.reported).containsExactly(EVENT))
			.block();
	}

	@Test
	void lookUpsOfHoldsForTheSameEventShareARead() {
		AtomicInteger reads = new AtomicInteger();
		Hold hold = new Hold(ADA, Instant.EPOCH, false);
		Sinks.One<Object> first = Sinks.one();
		BookingService service = service(
				Mono.defer(() -> (reads.incrementAndGet() == 1) ? first.asMono() : Mono.just(Map.of(ADA, hold))));
		List<Mono<Optional<Hold>>> calls = Stream.of(ADA, ADA, new UserId("bob"), ADA)
			.map((user) -> service.findHold(EVENT, user).cache())
			.toList();
		calls.forEach(Mono::subscribe);

		first.emitValue(Map.of(), Sinks.EmitFailureHandler.FAIL_FAST);

		assertThat(calls.stream().map(Mono::block)).containsExactly(Optional.empty(), Optional.of(hold),
				Optional.empty(), Optional.of(hold));
		assertThat(reads).hasValue(2);
	}

	@Test
	void aHoldOfAnUnknownEventIsEmpty() {
		service(Mono.empty()).findHold(EVENT, ADA).as(StepVerifier::create).verifyComplete();
	}

	@Test
	void listsHoldsAndReportsAFault() {
		List<Throwable> faults = new ArrayList<>();
		BookingMonitor monitor = new BookingMonitor() {

			@Override
			public void storageFailed(Throwable fault) {
				faults.add(fault);
			}

		};
		HoldQuery query = new HoldQuery(null, null, 10);
		Page<Hold, HoldQuery.Cursor> page = new Page<>(List.of(new Hold(ADA, Instant.EPOCH, true)), null);
		Throwable unavailable = new StorageException.Unavailable(new IllegalStateException("unavailable"));

		service(Mono.just(page), monitor, this.reported::add).holds(EVENT, query)
			.as(StepVerifier::create)
			.expectNext(page)
			.verifyComplete();
		service(Mono.error(unavailable), monitor, this.reported::add).holds(EVENT, query)
			.as(StepVerifier::create)
			.verifyErrorMatches(unavailable::equals);

		assertThat(faults).containsExactly(unavailable);
	}

	@Test
	void reportsTheHoldsThatTheSweepRemoved() {
		EventId other = new EventId("other");
		List<Object> reports = new ArrayList<>();
		BookingMonitor monitor = new BookingMonitor() {

			@Override
			public void expired(int holds, int offers) {
				reports.add(holds);
			}

			@Override
			public void storageFailed(Throwable fault) {
				reports.add(fault.getMessage());
			}

		};
		Flux<Expiry> expiries = Flux.just(new Expiry(EVENT, 2, 0), new Expiry(other, 3, 0));

		sweeping(expiries, monitor).removeExpiredHolds().as(StepVerifier::create).expectNext(5).verifyComplete();
		sweeping(Flux.empty(), monitor).removeExpiredHolds().as(StepVerifier::create).expectNext(0).verifyComplete();
		sweeping(expiries.concatWith(Flux.error(new StorageException.Busy())), monitor).removeExpiredHolds()
			.as(StepVerifier::create)
			.verifyError(StorageException.Busy.class);

		assertThat(reports).containsExactly(2, 3, 2, 3, "storage busy; nothing was changed");
		assertThat(this.reported).containsExactly(EVENT, other, EVENT, other);
	}

	private BookingService sweeping(Flux<Expiry> expiries, BookingMonitor monitor) {
		EventRepository events = (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> expiries);
		return new BookingService(events, Clock.systemUTC(), monitor, this.reported::add, QueueSettings.DEFAULTS);
	}

}
