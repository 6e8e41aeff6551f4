package dev.lastseat.metrics;

import java.util.function.IntSupplier;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures the number of requests in flight or waiting, and the size of rounds.
 */
final class AdmissionMeters {

	static final String IN_FLIGHT = "lastseat.admissions.in.flight";

	static final String ROUND_SIZE = "lastseat.admissions.batch.size";

	/** Powers of four, from a single request to the default of {@code max-batch}. */
	private static final double[] ROUND_SIZES = { 1, 4, 16, 64, 256 };

	private final MeterRegistry registry;

	private final DistributionSummary rounds;

	AdmissionMeters(MeterRegistry registry) {
		this.registry = registry;
		this.rounds = DistributionSummary.builder(ROUND_SIZE)
			.description("Requests that one round decides")
			.serviceLevelObjectives(ROUND_SIZES)
			.register(registry);
	}

	/**
	 * @param requests the number of requests that are in flight or waiting
	 */
	void watch(IntSupplier requests) {
		Gauge.builder(IN_FLIGHT, requests, IntSupplier::getAsInt)
			.description("Requests for events that are in flight or waiting")
			.strongReference(true)
			.register(this.registry);
	}

	void round(int size) {
		this.rounds.record(size);
	}

}
