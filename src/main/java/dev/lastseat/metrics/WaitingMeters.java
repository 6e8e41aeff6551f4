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
 * Counts the requests that wait, measures how long they wait, and counts rejected
 * requests.
 */
final class WaitingMeters {

	static final String WAITING = "lastseat.admissions.waiting";

	static final String WAIT = "lastseat.admissions.wait";

	static final String REJECTED = "lastseat.admissions.shed";

	private final AtomicInteger waiting = new AtomicInteger();

	private final Timer wait;

	private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);

	WaitingMeters(MeterRegistry registry) {
		Gauge.builder(WAITING, this.waiting, AtomicInteger::get)
			.description("Requests for events that wait for their round")
			.register(registry);
		this.wait = Timer.builder(WAIT)
			.description("How long requests waited for their round, without requests that did not wait")
			.register(registry);
		for (Reason reason : Reason.values()) {
			this.rejected.put(reason,
					Counter.builder(REJECTED)
						.description("Requests for events that were rejected, by reason")
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

	void rejected(Reason reason) {
		this.rejected.get(reason).increment();
	}

}
