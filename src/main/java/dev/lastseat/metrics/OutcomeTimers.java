package dev.lastseat.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures the duration of the requests of one kind by outcome: those that were decided,
 * failed, or were cancelled. All outcomes are registered at the start with the value 0.
 */
final class OutcomeTimers {

	private final Map<Enum<?>, Timer> decided;

	private final Map<Fault, Timer> failed = new EnumMap<>(Fault.class);

	private final Timer cancelled;

	/**
	 * @param buckets of the histogram; each is one time series for each outcome
	 * @param outcomes the outcomes of decided requests
	 */
	OutcomeTimers(MeterRegistry registry, String name, String description, Duration[] buckets, Enum<?>[] outcomes) {
		Function<Enum<?>, Timer> timer = (outcome) -> timer(registry, name, description, buckets,
				outcome.name().toLowerCase(Locale.ROOT));
		this.decided = Arrays.stream(outcomes).collect(Collectors.toUnmodifiableMap(Function.identity(), timer));
		for (Fault fault : Fault.values()) {
			this.failed.put(fault, timer.apply(fault));
		}
		this.cancelled = timer(registry, name, description, buckets, "cancelled");
	}

	private static Timer timer(MeterRegistry registry, String name, String description, Duration[] buckets,
			String outcome) {
		return Timer.builder(name)
			.description(description)
			.tag("outcome", outcome)
			.serviceLevelObjectives(buckets)
			.register(registry);
	}

	void decided(Enum<?> outcome, Duration time) {
		this.decided.get(outcome).record(time);
	}

	void failed(Throwable fault, Duration time) {
		this.failed.get(Fault.of(fault)).record(time);
	}

	void cancelled(Duration time) {
		this.cancelled.record(time);
	}

}
