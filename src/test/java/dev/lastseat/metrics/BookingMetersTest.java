package dev.lastseat.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Every outcome of a request and every fault of the storage is counted.
 */
class BookingMetersTest {

	private static final Request BOOKING = new Request.Booking(new UserId("ada"));

	private static final Duration SOME_TIME = Duration.ofMillis(3);

	private final AtomicInteger requests = new AtomicInteger();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final BookingMeters meters = new BookingMeters(new RequestMeters(this.registry),
			new AdmissionMeters(this.registry), new WaitingMeters(this.registry),
			new StorageErrorMeters(this.registry));

	@BeforeEach
	void watch() {
		this.meters.bindRequestCount(this.requests::get);
	}

	static Stream<Arguments> faults() {
		return Stream.concat(faultsOfTheStorage(),
				Stream.of(arguments(new OverloadedException(OverloadedException.Reason.FULL), "overloaded")));
	}

	static Stream<Arguments> faultsOfTheStorage() {
		Throwable cause = new IllegalStateException();
		return Stream.of(arguments(new StorageException.Unavailable(cause), "unavailable"),
				arguments(new StorageException.OutcomeUnknown(cause), "unknown"),
				arguments(new StorageException.Busy(), "busy"), arguments(cause, "error"));
	}

	@ParameterizedTest
	@EnumSource
	void countsAnOutcomeOfABooking(BookingOutcome outcome) {
		this.meters.decided(BOOKING, outcome, SOME_TIME);

		assertThat(admissions()).isEqualTo(Map.of(outcome.name().toLowerCase(Locale.ROOT), 1L));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void countsABookingThatFails(Throwable fault, String outcome) {
		this.meters.failed(BOOKING, fault, SOME_TIME);

		assertThat(admissions()).isEqualTo(Map.of(outcome, 1L));
	}

	@Test
	void countsABookingThatItsCallerCancelled() {
		this.meters.cancelled(BOOKING, SOME_TIME);

		assertThat(admissions()).isEqualTo(Map.of("cancelled", 1L));
	}

	/** A request of each other kind, its meter and its outcomes. */
	static Stream<Arguments> kinds() {
		UserId ada = new UserId("ada");
		return Stream.of(
				arguments(new Request.Holding(ada), RequestMeters.HOLDS,
						outcomes(HoldOutcome.Kind.values(), HoldOutcome::refused)),
				arguments(new Request.HoldRelease(ada), RequestMeters.HOLD_RELEASES,
						outcomes(HoldReleaseOutcome.values(), (outcome) -> outcome)),
				arguments(new Request.PartyBooking(List.of(ada)), RequestMeters.PARTIES,
						outcomes(PartyOutcome.Kind.values(), PartyOutcome::refused)),
				arguments(new Request.PartyHolding(List.of(ada)), RequestMeters.PARTY_HOLDS,
						outcomes(HoldOutcome.Kind.values(), PartyHoldOutcome::refused)),
				arguments(new Request.Joining(ada), RequestMeters.JOINS,
						outcomes(JoinOutcome.Kind.values(), JoinOutcome::refused)),
				arguments(new Request.Leaving(ada), RequestMeters.LEAVES,
						outcomes(LeaveOutcome.values(), (outcome) -> outcome)));
	}

	private static <K extends Enum<K>> Map<String, Outcome> outcomes(K[] kinds, Function<K, Outcome> outcome) {
		return Arrays.stream(kinds).collect(Collectors.toMap((kind) -> kind.name().toLowerCase(Locale.ROOT), outcome));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void countsOtherRequestsByKindAndOutcome(Request request, String meter, Map<String, Outcome> outcomes) {
		outcomes.values().forEach((outcome) -> this.meters.decided(request, outcome, SOME_TIME));
		this.meters.failed(request, new StorageException.Busy(), SOME_TIME);
		this.meters.cancelled(request, SOME_TIME);

		Map<String, Long> expected = Stream.concat(outcomes.keySet().stream(), Stream.of("busy", "cancelled"))
			.collect(Collectors.toMap((outcome) -> outcome, (outcome) -> 1L));
		assertThat(counts(meter)).isEqualTo(expected);
		assertThat(this.registry.getMeters()).filteredOn((other) -> other instanceof Timer timer && timer.count() > 0)
			.allMatch((other) -> other.getId().getName().equals(meter));
	}

	@Test
	void countsExpiredHoldsAndOffersOfTheSweep() {
		this.meters.expired(3, 0);
		this.meters.expired(2, 7);

		assertThat(this.registry.get("lastseat.holds.expired").counter().count()).isEqualTo(5);
		assertThat(this.registry.get("lastseat.waiting.offered").counter().count()).isEqualTo(7);
	}

	@Test
	void doesNotCountACancellationAsABooking() {
		Request cancellation = new Request.Cancellation(new UserId("ada"));

		this.meters.decided(cancellation, ReleaseOutcome.RELEASED, SOME_TIME);
		this.meters.failed(cancellation, new IllegalStateException(), SOME_TIME);
		this.meters.cancelled(cancellation, SOME_TIME);

		assertThat(admissions()).isEmpty();
	}

	@Test
	void showsTheNumberOfRequestsInFlight() {
		this.requests.set(7);

		assertThat(this.registry.get(AdmissionMeters.IN_FLIGHT).gauge().value()).isEqualTo(7);
	}

	@Test
	void measuresTheTimeOfABooking() {
		this.meters.decided(BOOKING, BookingOutcome.SOLD_OUT, Duration.ofMillis(15));

		Timer timer = timer("sold_out");
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(15);
		assertThat(timer.takeSnapshot().histogramCounts()).extracting(CountAtBucket::count)
			.containsExactly(0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
	}

	@ParameterizedTest
	@MethodSource("faultsOfTheStorage")
	void countsAFaultOfTheStorage(Throwable fault, String kind) {
		this.meters.storageFailed(fault);

		assertThat(storageErrors()).isEqualTo(Map.of(kind, 1.0));
	}

	@Test
	void countsWaitingRequestsAndMeasuresTheirWait() {
		this.meters.waitStarted();
		this.meters.waitStarted();
		this.meters.waitEnded(Duration.ofMillis(20));

		assertThat(this.registry.get("lastseat.admissions.waiting").gauge().value()).isEqualTo(1);
		this.meters.waitEnded(Duration.ofMillis(30));
		assertThat(this.registry.get("lastseat.admissions.waiting").gauge().value()).isZero();
		assertThat(this.registry.get("lastseat.admissions.wait").timer().count()).isEqualTo(2);
		assertThat(this.registry.get("lastseat.admissions.wait").timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(50);
	}

	@Test
	void countsRejectedRequestsOfBothKindsByReason() {
		Request cancellation = new Request.Cancellation(new UserId("ada"));

		this.meters.failed(BOOKING, new OverloadedException(OverloadedException.Reason.FULL), SOME_TIME);
		this.meters.failed(BOOKING, new OverloadedException(OverloadedException.Reason.LATE), SOME_TIME);
		this.meters.failed(cancellation, new OverloadedException(OverloadedException.Reason.LATE), SOME_TIME);

		assertThat(this.registry.get("lastseat.admissions.shed").tag("reason", "full").counter().count()).isEqualTo(1);
		assertThat(this.registry.get("lastseat.admissions.shed").tag("reason", "late").counter().count()).isEqualTo(2);
	}

	@Test
	void measuresTheSizeOfRounds() {
		this.meters.roundEnded(1);
		this.meters.roundEnded(200);

		assertThat(this.registry.get("lastseat.admissions.batch.size").summary().totalAmount()).isEqualTo(201);
		assertThat(this.registry.get("lastseat.admissions.batch.size").summary().count()).isEqualTo(2);
	}

	@Test
	void registersEveryMeterAtTheStartWithTheDocumentedTagsOnly() {
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
					"lastseat.admissions outcome=confirmed", "lastseat.admissions outcome=not_open",
					"lastseat.admissions outcome=closed", "lastseat.holds outcome=held",
					"lastseat.holds outcome=already_held", "lastseat.holds outcome=too_many_holds",
					"lastseat.holds outcome=overloaded", "lastseat.holds.expired",
					"lastseat.holds.releases outcome=released", "lastseat.holds.releases outcome=not_held",
					"lastseat.holds.releases outcome=cancelled", "lastseat.parties outcome=booked",
					"lastseat.parties outcome=sold_out", "lastseat.parties.holds outcome=held",
					"lastseat.parties.holds outcome=unknown", "lastseat.admissions outcome=unavailable",
					"lastseat.admissions outcome=unknown", "lastseat.admissions outcome=busy",
					"lastseat.admissions outcome=error", "lastseat.admissions outcome=overloaded",
					"lastseat.admissions outcome=cancelled", "lastseat.admissions.in.flight",
					"lastseat.admissions.batch.size", "lastseat.admissions.waiting", "lastseat.admissions.wait",
					"lastseat.admissions.shed reason=full", "lastseat.admissions.shed reason=late",
					"lastseat.storage.errors kind=unavailable", "lastseat.storage.errors kind=unknown",
					"lastseat.storage.errors kind=busy", "lastseat.storage.errors kind=error");
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getKey)
			.containsOnly("outcome", "kind", "reason", "le");
	}

	private Timer timer(String outcome) {
		return this.registry.get(RequestMeters.BOOKINGS).tag("outcome", outcome).timer();
	}

	/**
	 * @return the count of each outcome, without zeros
	 */
	private Map<String, Long> admissions() {
		return counts(RequestMeters.BOOKINGS);
	}

	private Map<String, Long> counts(String meter) {
		return this.registry.get(meter)
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
