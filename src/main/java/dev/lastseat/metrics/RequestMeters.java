package dev.lastseat.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures requests by kind and outcome, and counts expired holds. Cancellations are not
 * measured here: no client competes for them.
 */
final class RequestMeters {

	static final String BOOKINGS = "lastseat.admissions";

	static final String HOLDS = "lastseat.holds";

	static final String HOLD_RELEASES = "lastseat.holds.releases";

	static final String PARTIES = "lastseat.parties";

	static final String PARTY_HOLDS = "lastseat.parties.holds";

	static final String JOINS = "lastseat.waiting.joins";

	static final String LEAVES = "lastseat.waiting.leaves";

	static final String EXPIRED = "lastseat.holds.expired";

	static final String OFFERED = "lastseat.waiting.offered";

	/**
	 * The buckets of a histogram. The smallest is the time of a booking of a small event
	 * on a near server, the largest the default of {@code lastseat.web.request-timeout}.
	 * The list is short, because each bucket is one time series for each outcome.
	 */
	private static final Duration[] BUCKETS = IntStream
		.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private static final Duration[] NO_BUCKETS = {};

	private final Map<Class<? extends Request>, OutcomeTimers> timers;

	private final Counter expired;

	private final Counter offered;

	RequestMeters(MeterRegistry registry) {
		this.timers = Map.of(Request.Joining.class, new OutcomeTimers(registry, JOINS,
				"Requests to join a waiting list, by outcome", NO_BUCKETS, JoinOutcome.Kind.values()),
				Request.Leaving.class,
				new OutcomeTimers(registry, LEAVES, "Requests to leave a waiting list, by outcome", NO_BUCKETS,
						LeaveOutcome.values()),
				Request.Booking.class,
				new OutcomeTimers(registry, BOOKINGS, "Bookings, by outcome", BUCKETS, BookingOutcome.values()),
				Request.Holding.class,
				new OutcomeTimers(
						registry, HOLDS, "Requests for a hold, by outcome", BUCKETS, HoldOutcome.Kind.values()),
				Request.HoldRelease.class,
				new OutcomeTimers(registry, HOLD_RELEASES, "Releases of a hold, by outcome", NO_BUCKETS,
						HoldReleaseOutcome.values()),
				Request.PartyBooking.class,
				new OutcomeTimers(registry, PARTIES, "Bookings of a party, by outcome", NO_BUCKETS,
						PartyOutcome.Kind.values()),
				Request.PartyHolding.class, new OutcomeTimers(registry, PARTY_HOLDS,
						"Requests for the holds of a party, by outcome", NO_BUCKETS, HoldOutcome.Kind.values()));
		this.expired = Counter.builder(EXPIRED)
			.description("Expired holds that the sweep of this process removed")
			.register(registry);
		this.offered = Counter.builder(OFFERED)
			.description("Offers that the sweep of this process made. Most offers are made by other writes")
			.register(registry);
	}

	void decided(Request request, Outcome outcome, Duration time) {
		record(request, (timers) -> timers.decided(kind(outcome), time));
	}

	void failed(Request request, Throwable fault, Duration time) {
		record(request, (timers) -> timers.failed(fault, time));
	}

	void cancelled(Request request, Duration time) {
		record(request, (timers) -> timers.cancelled(time));
	}

	void expired(int holds, int offers) {
		this.expired.increment(holds);
		this.offered.increment(offers);
	}

	private void record(Request request, Consumer<OutcomeTimers> end) {
		OutcomeTimers measured = this.timers.get(request.getClass());
		if (measured != null) {
			end.accept(measured);
		}
	}

	private static Enum<?> kind(Outcome outcome) {
		if (outcome instanceof BookingOutcome booking) {
			return booking;
		}
		if (outcome instanceof HoldOutcome hold) {
			return hold.kind();
		}
		if (outcome instanceof HoldReleaseOutcome release) {
			return release;
		}
		if (outcome instanceof PartyOutcome party) {
			return party.kind();
		}
		if (outcome instanceof JoinOutcome join) {
			return join.kind();
		}
		if (outcome instanceof LeaveOutcome leave) {
			return leave;
		}
		return (outcome instanceof PartyHoldOutcome party) ? party.kind() : (ReleaseOutcome) outcome;
	}

}
