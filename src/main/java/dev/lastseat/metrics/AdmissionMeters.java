package dev.lastseat.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times admissions by how they end, and counts those that run. Every outcome is there
 * from the start, at 0.
 */
final class AdmissionMeters {

	static final String NAME = "lastseat.admissions";

	static final String IN_FLIGHT = "lastseat.admissions.in.flight";

	static final String GROUP_SIZE = "lastseat.admissions.batch.size";

	/** Alone, and then by powers of four up to what is sent together by default. */
	private static final double[] GROUP_SIZES = { 1, 4, 16, 64, 256 };

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

	private final AtomicInteger inFlight = new AtomicInteger();

	private final DistributionSummary groups;

	AdmissionMeters(MeterRegistry registry) {
		this.registry = registry;
		for (BookingOutcome outcome : BookingOutcome.values()) {
			this.decided.put(outcome, timer(outcome.name().toLowerCase(Locale.ROOT)));
		}
		for (Fault fault : Fault.values()) {
			this.failed.put(fault, timer(fault.tag()));
		}
		this.cancelled = timer("cancelled");
		Gauge.builder(IN_FLIGHT, this.inFlight, AtomicInteger::get)
			.description("Admissions that have begun and not ended")
			.register(registry);
		this.groups = DistributionSummary.builder(GROUP_SIZE)
			.description("How many bookings go together")
			.serviceLevelObjectives(GROUP_SIZES)
			.register(registry);
	}

	private Timer timer(String outcome) {
		return Timer.builder(NAME)
			.description("Admissions, by how they ended")
			.tag("outcome", outcome)
			.serviceLevelObjectives(BUCKETS)
			.register(this.registry);
	}

	void group(int size) {
		this.groups.record(size);
	}

	Running start() {
		return new Running();
	}

	/**
	 * An admission on its way. It ends once: one that is cancelled after its answer has
	 * ended already.
	 */
	final class Running {

		private final Timer.Sample sample = Timer.start(AdmissionMeters.this.registry);

		private final AtomicBoolean ended = new AtomicBoolean();

		private Running() {
			AdmissionMeters.this.inFlight.incrementAndGet();
		}

		/**
		 * @param outcome null when there was none, which no admission is meant to do
		 */
		void decided(@Nullable BookingOutcome outcome) {
			end((outcome != null) ? AdmissionMeters.this.decided.get(outcome)
					: AdmissionMeters.this.failed.get(Fault.ERROR));
		}

		void failed(Throwable error) {
			end(AdmissionMeters.this.failed.get(Fault.of(error)));
		}

		void cancelled() {
			end(AdmissionMeters.this.cancelled);
		}

		private void end(Timer timer) {
			if (this.ended.compareAndSet(false, true)) {
				AdmissionMeters.this.inFlight.decrementAndGet();
				this.sample.stop(timer);
			}
		}

	}

}
