package dev.lastseat.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures the duration of bookings by outcome, the number of requests in flight or
 * waiting, and the size of rounds. All outcomes are registered at the start with the
 * value 0.
 */
final class AdmissionMeters {

	static final String NAME = "lastseat.admissions";

	static final String IN_FLIGHT = "lastseat.admissions.in.flight";

	static final String ROUND_SIZE = "lastseat.admissions.batch.size";

	/** Powers of four, from a single request to the default of {@code max-batch}. */
	private static final double[] ROUND_SIZES = { 1, 4, 16, 64, 256 };

	/**
	 * The buckets of the histogram. The smallest is the time of a booking of a small
	 * event on a near server, the largest the default of
	 * {@code lastseat.web.request-timeout}. The list is short, because each bucket is one
	 * time series for each outcome.
	 */
	private static final Duration[] BUCKETS = IntStream
		.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final MeterRegistry registry;

	private final Map<BookingOutcome, Timer> decided = new EnumMap<>(BookingOutcome.class);

	private final Map<Fault, Timer> failed = new EnumMap<>(Fault.class);

	private final Timer cancelled;

	private final DistributionSummary rounds;

	AdmissionMeters(MeterRegistry registry) {
		this.registry = registry;
		for (BookingOutcome outcome : BookingOutcome.values()) {
			this.decided.put(outcome, timer(outcome.name().toLowerCase(Locale.ROOT)));
		}
		for (Fault fault : Fault.values()) {
			this.failed.put(fault, timer(fault.tag()));
		}
		this.cancelled = timer("cancelled");
		this.rounds = DistributionSummary.builder(ROUND_SIZE)
			.description("Requests that one round decides")
			.serviceLevelObjectives(ROUND_SIZES)
			.register(registry);
	}

	private Timer timer(String outcome) {
		return Timer.builder(NAME)
			.description("Admissions, by outcome")
			.tag("outcome", outcome)
			.serviceLevelObjectives(BUCKETS)
			.register(this.registry);
	}

	/**
	 * @param requests the number of requests that are in flight or waiting
	 */
	void watch(IntSupplier requests) {
		Gauge.builder(IN_FLIGHT, requests, IntSupplier::getAsInt)
			.description("Bookings and cancellations that are in flight or waiting")
			.strongReference(true)
			.register(this.registry);
	}

	void round(int size) {
		this.rounds.record(size);
	}

	void decided(BookingOutcome outcome, Duration time) {
		this.decided.get(outcome).record(time);
	}

	void failed(Throwable fault, Duration time) {
		this.failed.get(Fault.of(fault)).record(time);
	}

	void cancelled(Duration time) {
		this.cancelled.record(time);
	}

}
