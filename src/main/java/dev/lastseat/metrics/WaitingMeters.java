package dev.lastseat.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.OverloadedException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts the requests that wait, times how long they do, and counts those that were
 * rejected.
 */
final class WaitingMeters {

	static final String WAITING = "lastseat.admissions.waiting";

	static final String WAIT = "lastseat.admissions.wait";

	static final String SHED = "lastseat.admissions.shed";

	private final AtomicInteger waiting = new AtomicInteger();

	private final Timer wait;

	private final Map<Reason, Counter> shed = new EnumMap<>(Reason.class);

	WaitingMeters(MeterRegistry registry) {
		Gauge.builder(WAITING, this.waiting, AtomicInteger::get)
			.description("Bookings and cancellations that wait for their round")
			.register(registry);
		this.wait = Timer.builder(WAIT)
			.description("How long requests waited that no round took at once")
			.register(registry);
		for (Reason reason : Reason.values()) {
			this.shed.put(reason,
					Counter.builder(SHED)
						.description("Bookings and cancellations that were rejected, by reason")
						.tag("reason", reason.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
	}

	void started() {
		this.waiting.incrementAndGet();
	}

	void ended(Duration time) {
		this.waiting.decrementAndGet();
		this.wait.record(time);
	}

	void rejects(Reason reason) {
		this.shed.get(reason).increment();
	}

}
