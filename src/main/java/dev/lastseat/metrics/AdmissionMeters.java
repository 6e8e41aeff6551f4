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
 * Times bookings by how they end, and counts the requests that are under way. Every
 * outcome is there from the start, at 0.
 */
final class AdmissionMeters {

	static final String NAME = "lastseat.admissions";

	static final String IN_FLIGHT = "lastseat.admissions.in.flight";

	static final String ROUND_SIZE = "lastseat.admissions.batch.size";

	/** Alone, and then by powers of four up to what is sent together by default. */
	private static final double[] ROUND_SIZES = { 1, 4, 16, 64, 256 };

	/**
	 * The buckets of the histogram, from what a small event on a near server takes to the
	 * longest that a client is let wait by default. Each is a time series for each
	 * outcome, so they are few.
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
			.description("How many requests one round decides")
			.serviceLevelObjectives(ROUND_SIZES)
			.register(registry);
	}

	private Timer timer(String outcome) {
		return Timer.builder(NAME)
			.description("Admissions, by how they ended")
			.tag("outcome", outcome)
			.serviceLevelObjectives(BUCKETS)
			.register(this.registry);
	}

	/**
	 * @param requests counts those that are in flight or waiting
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
