package dev.lastseat.booking;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests around the opening of a sale: what they are answered, and what they cost the
 * storage.
 */
class BookingServiceSaleTest {

	private static final EventId GALA = new EventId("gala");

	private static final UserId ADA = new UserId("ada");

	private static final Instant OPENING = Instant.parse("2027-01-01T10:00:00Z");

	/** How long a round and a read take. */
	private static final Duration LATENCY = Duration.ofMillis(2);

	private final SettableClock clock = new SettableClock(OPENING.minusSeconds(60));

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Request> submitted = new ArrayList<>();

	private final List<String> decided = new ArrayList<>();

	private @Nullable Instant opensAt = OPENING;

	private int sold;

	private int held;

	private int rounds;

	private int reads;

	private @Nullable RuntimeException readFault;

	private final BookingService service = service();

	private BookingService service() {
		EventRepository storage = (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "decide" -> decide((List<?>) arguments[1]);
					case "findLatest" -> findLatest();
					case "change" -> Mono.fromSupplier(() -> {
						this.opensAt = ((EventChange) arguments[1]).sale().opensAt();
						return ChangeOutcome.CHANGED;
					});
					case "delete" -> Mono.just(DeletionOutcome.DELETED);
					default -> throw new UnsupportedOperationException(method.getName());
				});
		BookingMonitor monitor = new BookingMonitor() {

			@Override
			public void decided(Request request, Outcome outcome, Duration waited) {
				BookingServiceSaleTest.this.decided.add(request.users() + " in " + waited.toMillis());
			}

		};
		return new BookingService(storage, this.clock, monitor, (event) -> {
		}, QueueSettings.DEFAULTS, this.time, AnswerPacers.of(this.time));
	}

	private Flux<Decision> decide(List<?> requests) {
		return Mono.delay(LATENCY, this.time).flatMapIterable((end) -> {
			this.rounds++;
			return requests.stream().map(Request.class::cast).map((request) -> {
				this.submitted.add(request);
				return new Decision(request, isOpen() ? Requests.granted(request) : beforeOpening(request));
			}).toList();
		});
	}

	private boolean isOpen() {
		return this.opensAt == null || !this.clock.instant().isBefore(this.opensAt);
	}

	private static Outcome beforeOpening(Request request) {
		if (request instanceof Request.Cancellation || request instanceof Request.HoldRelease) {
			return Requests.granted(request);
		}
		if (request instanceof Request.Booking) {
			return BookingOutcome.NOT_OPEN;
		}
		if (request instanceof Request.Holding) {
			return HoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN);
		}
		return (request instanceof Request.PartyBooking) ? PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN)
				: PartyHoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN);
	}

	/** The state at the start of the read. */
	private Mono<Event> findLatest() {
		return Mono.defer(() -> {
			this.reads++;
			Event found = new Event(GALA, "Gala", null, OPENING, null, 9, new SaleTerms(this.opensAt, null, null),
					this.sold, this.held, 0, 1, Instant.EPOCH);
			return Mono.delay(LATENCY, this.time)
				.flatMap((end) -> (this.readFault != null) ? Mono.error(this.readFault) : Mono.just(found));
		});
	}

	private void advance(Duration duration) {
		for (long passed = 0; passed < duration.toMillis(); passed++) {
			this.clock.advance(Duration.ofMillis(1));
			this.time.advanceTimeBy(Duration.ofMillis(1));
		}
	}

	/** Sends a request and waits for its answer. */
	private <T> T answer(Mono<T> request) {
		List<T> answers = new ArrayList<>();
		request.subscribe(answers::add);
		for (int waited = 0; answers.isEmpty() && waited < 100; waited++) {
			advance(Duration.ofMillis(1));
		}
		assertThat(answers).hasSize(1);
		return answers.get(0);
	}

	/** The first refusal of an event is decided by the storage. */
	private void learnThatTheSaleIsNotOpen() {
		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.NOT_OPEN);
		this.submitted.clear();
		this.decided.clear();
	}

	@Test
	void requestsBeforeTheOpeningCostAboutOneReadPerSecond() {
		List<BookingOutcome> answers = new ArrayList<>();
		for (int number = 0; number < 10_000; number++) {
			UserId user = new UserId("user-" + number);
			this.service.book(GALA, user).subscribe(answers::add);
			if (number % 6 == 0) {
				advance(Duration.ofMillis(30));
			}
		}

		assertThat(this.clock.instant()).isBefore(OPENING);
		assertThat(answers).hasSize(10_000).containsOnly(BookingOutcome.NOT_OPEN);
		assertThat(this.decided).hasSize(10_000);
		assertThat(this.rounds).isBetween(1, 2);
		assertThat(this.reads).isBetween(50, 2 * 50 + 2);
	}

	@Test
	void aRequestInTheMillisecondOfTheOpeningIsBooked() {
		this.clock.set(OPENING.minusMillis(20));
		learnThatTheSaleIsNotOpen();
		this.clock.set(OPENING.minusMillis(1));
		assertThat(answer(this.service.book(GALA, ADA).doOnNext((outcome) -> this.clock.set(OPENING))))
			.isEqualTo(BookingOutcome.NOT_OPEN);
		assertThat(this.submitted).isEmpty();

		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.BOOKED);
	}

	static Stream<BiFunction<BookingService, List<UserId>, Mono<?>>> requests() {
		return Stream.of((service, users) -> service.book(GALA, users.get(0)),
				(service, users) -> service.hold(GALA, users.get(0)),
				(service, users) -> service.book(GALA, new Request.PartyBooking(users)),
				(service, users) -> service.hold(GALA, new Request.PartyHolding(users)));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void everyRequestForASeatIsRefusedFromMemory(BiFunction<BookingService, List<UserId>, Mono<?>> request) {
		List<UserId> users = Requests.users("ada", "bob");
		Object fromStorage = answer(request.apply(this.service, users));
		this.decided.clear();

		Object fromMemory = answer(request.apply(this.service, users));

		assertThat(fromMemory).isEqualTo(fromStorage);
		assertThat(this.rounds).isEqualTo(1);
		assertThat(this.decided).singleElement().asString().endsWith(" in 0");
	}

	@Test
	void cancellationsAndReleasesOfHoldsAreSubmitted() {
		learnThatTheSaleIsNotOpen();

		assertThat(answer(this.service.release(GALA, ADA))).isEqualTo(ReleaseOutcome.RELEASED);
		learnThatTheSaleIsNotOpen();
		assertThat(answer(this.service.releaseHold(GALA, ADA))).isEqualTo(HoldReleaseOutcome.RELEASED);
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "0, 1" })
	void anEventWithRegistrationsOrHoldsIsNeverAnsweredFromMemory(int sold, int held) {
		this.sold = sold;
		this.held = held;
		learnThatTheSaleIsNotOpen();

		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.NOT_OPEN);

		assertThat(this.submitted).hasSize(1);
		assertThat(this.reads).isEqualTo(1);
	}

	@Test
	void aSaleThatThisProcessOpensEarlierIsOpenAtOnce() {
		learnThatTheSaleIsNotOpen();
		EventChange opening = new EventChange(Set.of(EventChange.Field.SALES_OPEN_AT), null, null, null, null, 0,
				SaleTerms.DEFAULT);

		answer(this.service.change(GALA, opening, RevisionCondition.NONE)
			.doOnNext((outcome) -> this.service.book(GALA, ADA).subscribe()));

		advance(LATENCY);
		assertThat(this.submitted).hasSize(1);
	}

	@Test
	void anEventThatThisProcessDeletesIsNotRefusedFromMemory() {
		learnThatTheSaleIsNotOpen();

		answer(this.service.delete(GALA, true, RevisionCondition.NONE));
		answer(this.service.book(GALA, ADA));

		assertThat(this.submitted).hasSize(1);
	}

	@Test
	void aSaleThatAnotherProcessOpensEarlierIsOpenWithinASecond() {
		learnThatTheSaleIsNotOpen();
		this.opensAt = null;
		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.NOT_OPEN);

		advance(UnopenedSales.MAX_AGE);

		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.BOOKED);
	}

	@Test
	void aReadThatIsDueTakesThePlaceOfARound() {
		learnThatTheSaleIsNotOpen();
		advance(UnopenedSales.MAX_AGE);
		this.reads = 0;

		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.NOT_OPEN);

		assertThat(this.submitted).isEmpty();
		assertThat(this.reads).isEqualTo(1);
		assertThat(this.decided).containsExactly("[ada] in " + LATENCY.toMillis());
	}

	@Test
	void aRequestIsSubmittedWhenTheReadThatIsDueFails() {
		learnThatTheSaleIsNotOpen();
		advance(UnopenedSales.MAX_AGE);
		this.readFault = new StorageException.Unavailable(new IllegalStateException());

		assertThat(answer(this.service.book(GALA, ADA))).isEqualTo(BookingOutcome.NOT_OPEN);

		assertThat(this.submitted).hasSize(1);
	}

	@Test
	void readsTheOpeningOnceForManyExplanations() {
		assertThat(answer(this.service.opening(GALA))).isEqualTo(OPENING);
		assertThat(answer(this.service.opening(GALA))).isEqualTo(OPENING);

		assertThat(this.reads).isEqualTo(1);
	}

	@Test
	void theOpeningOfASaleWithoutABeginningIsEmpty() {
		this.opensAt = null;

		this.service.opening(GALA)
			.as((opening) -> StepVerifier.withVirtualTime(() -> opening, () -> this.time, Long.MAX_VALUE))
			.thenAwait(LATENCY)
			.verifyComplete();
	}

}
