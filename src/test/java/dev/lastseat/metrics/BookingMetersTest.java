package dev.lastseat.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What each end of an admission, and each fault of the storage, adds to the meters.
 */
class BookingMetersTest {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final BookingMeters meters = new BookingMeters(new AdmissionMeters(this.registry),
			new WaitingMeters(this.registry), new StorageErrorMeters(this.registry));

	static Stream<Arguments> faults() {
		Throwable cause = new IllegalStateException();
		return Stream.of(arguments(new StorageException.Unavailable(cause), "unavailable"),
				arguments(new StorageException.OutcomeUnknown(cause), "unknown"),
				arguments(new StorageException.Busy(), "busy"),
				arguments(new OverloadedException(OverloadedException.Reason.FULL), "overloaded"),
				arguments(cause, "error"));
	}

	@ParameterizedTest
	@EnumSource
	void countsAnOutcomeAndPassesItOn(BookingOutcome outcome) {
		this.meters.admission(Mono.just(outcome)).as(StepVerifier::create).expectNext(outcome).verifyComplete();

		assertThat(admissions()).isEqualTo(Map.of(outcome.name().toLowerCase(), 1L));
		assertThat(inFlight()).isZero();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void countsAnAdmissionThatFailsAndPassesTheErrorOn(Throwable fault, String outcome) {
		this.meters.admission(Mono.error(fault)).as(StepVerifier::create).verifyErrorMatches(fault::equals);

		assertThat(admissions()).isEqualTo(Map.of(outcome, 1L));
		assertThat(inFlight()).isZero();
	}

	@Test
	void countsAnAdmissionWithoutAnOutcomeAsAnError() {
		this.meters.admission(Mono.empty()).as(StepVerifier::create).verifyComplete();

		assertThat(admissions()).isEqualTo(Map.of("error", 1L));
		assertThat(inFlight()).isZero();
	}

	@Test
	void countsAnAdmissionThatIsCancelledBeforeItsAnswer() {
		this.meters.admission(Mono.never())
			.as(StepVerifier::create)
			.then(() -> assertThat(inFlight()).isOne())
			.thenCancel()
			.verify();

		assertThat(admissions()).isEqualTo(Map.of("cancelled", 1L));
		assertThat(inFlight()).isZero();
	}

	@Test
	void countsAnAdmissionThatIsCancelledAfterItsAnswerOnce() {
		TestPublisher<BookingOutcome> admission = TestPublisher
			.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		StepVerifier.create(this.meters.admission(Mono.fromDirect(admission)))
			.then(() -> admission.next(BookingOutcome.BOOKED))
			.expectNext(BookingOutcome.BOOKED)
			.thenCancel()
			.verify();

		assertThat(admissions()).isEqualTo(Map.of("booked", 1L));
		assertThat(inFlight()).isZero();
	}

	@Test
	void countsEachSubscriptionAndNothingBefore() {
		Mono<BookingOutcome> admission = this.meters.admission(Mono.just(BookingOutcome.BOOKED));
		assertThat(admissions()).isEmpty();

		admission.repeat(2).then().as(StepVerifier::create).verifyComplete();

		assertThat(admissions()).isEqualTo(Map.of("booked", 3L));
	}

	@Test
	void timesAnAdmissionFromItsBeginningToItsEnd() {
		Sinks.One<BookingOutcome> storage = Sinks.one();

		this.meters.admission(storage.asMono()).as(StepVerifier::create).then(() -> {
			this.clock.add(Duration.ofMillis(15));
			storage.emitValue(BookingOutcome.SOLD_OUT, Sinks.EmitFailureHandler.FAIL_FAST);
		}).expectNextCount(1).verifyComplete();

		Timer timer = timer("sold_out");
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(15);
		assertThat(timer.takeSnapshot().histogramCounts()).extracting(CountAtBucket::count)
			.containsExactly(0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void countsAFaultOfTheStorage(Throwable fault, String kind) {
		this.meters.storageFailed(fault);

		assertThat(storageErrors()).isEqualTo(Map.of(kind, 1.0));
	}

	@Test
	void countsThoseWhoWaitAndTimesTheirWait() {
		Runnable first = this.meters.waits();
		Runnable second = this.meters.waits();
		this.clock.add(Duration.ofMillis(20));
		first.run();

		assertThat(this.registry.get("lastseat.admissions.waiting").gauge().value()).isEqualTo(1);
		second.run();
		assertThat(this.registry.get("lastseat.admissions.waiting").gauge().value()).isZero();
		assertThat(this.registry.get("lastseat.admissions.wait").timer().count()).isEqualTo(2);
		assertThat(this.registry.get("lastseat.admissions.wait").timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(40);
	}

	@Test
	void countsThoseWhoAreTurnedAwayByReason() {
		this.meters.turnsAway(OverloadedException.Reason.FULL);
		this.meters.turnsAway(OverloadedException.Reason.LATE);
		this.meters.turnsAway(OverloadedException.Reason.LATE);

		assertThat(this.registry.get("lastseat.admissions.shed").tag("reason", "full").counter().count()).isEqualTo(1);
		assertThat(this.registry.get("lastseat.admissions.shed").tag("reason", "late").counter().count()).isEqualTo(2);
	}

	@Test
	void countsHowManyGoTogether() {
		this.meters.admits(1);
		this.meters.admits(200);

		assertThat(this.registry.get("lastseat.admissions.batch.size").summary().totalAmount()).isEqualTo(201);
		assertThat(this.registry.get("lastseat.admissions.batch.size").summary().count()).isEqualTo(2);
	}

	@Test
	void hasEveryMeterFromTheStartAndNoOtherTags() {
		List<String> ids = this.registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName() + meter.getId()
				.getTags()
				.stream()
				.map((tag) -> " " + tag.getKey() + "=" + tag.getValue())
				.collect(Collectors.joining()))
			.toList();

		assertThat(ids).filteredOn((id) -> !id.contains("histogram"))
			.contains("lastseat.admissions outcome=booked", "lastseat.admissions outcome=already_registered",
					"lastseat.admissions outcome=sold_out", "lastseat.admissions outcome=event_not_found",
					"lastseat.admissions outcome=unavailable", "lastseat.admissions outcome=unknown",
					"lastseat.admissions outcome=busy", "lastseat.admissions outcome=error",
					"lastseat.admissions outcome=overloaded", "lastseat.admissions outcome=cancelled",
					"lastseat.admissions.in.flight", "lastseat.admissions.batch.size", "lastseat.admissions.waiting",
					"lastseat.admissions.wait", "lastseat.admissions.shed reason=full",
					"lastseat.admissions.shed reason=late", "lastseat.storage.errors kind=unavailable",
					"lastseat.storage.errors kind=unknown", "lastseat.storage.errors kind=busy",
					"lastseat.storage.errors kind=error");
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getKey)
			.containsOnly("outcome", "kind", "reason", "le");
	}

	private Timer timer(String outcome) {
		return this.registry.get(AdmissionMeters.NAME).tag("outcome", outcome).timer();
	}

	private int inFlight() {
		return (int) this.registry.get(AdmissionMeters.IN_FLIGHT).gauge().value();
	}

	/**
	 * @return how often each outcome was counted, where it was
	 */
	private Map<String, Long> admissions() {
		return this.registry.get(AdmissionMeters.NAME)
			.timers()
			.stream()
			.filter((timer) -> timer.count() > 0)
			.collect(Collectors.toMap((timer) -> timer.getId().getTag("outcome"), Timer::count));
	}

	private Map<String, Double> storageErrors() {
		return this.registry.get(StorageErrorMeters.NAME)
			.counters()
			.stream()
			.filter((counter) -> counter.count() > 0)
			.collect(Collectors.toMap((counter) -> counter.getId().getTag("kind"), (counter) -> counter.count()));
	}

}
