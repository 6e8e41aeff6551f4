package dev.lastseat.metrics;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts failed operations of the storage, for all use cases together. All kinds are
 * registered at the start with the value 0. There is no kind for rejected requests: they
 * do not reach the storage.
 */
final class StorageErrorMeters {

	static final String NAME = "lastseat.storage.errors";

	private final Map<Fault, Counter> counters = new EnumMap<>(Fault.class);

	StorageErrorMeters(MeterRegistry registry) {
		for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.OVERLOADED))) {
			this.counters.put(fault,
					Counter.builder(NAME)
						.description("Storage operations that failed, by kind")
						.tag("kind", fault.tag())
						.register(registry));
		}
	}

	void count(Throwable error) {
		this.counters.get(Fault.of(error)).increment();
	}

}
