package dev.lastseat.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import dev.lastseat.booking.SaleTerms;

/**
 * The clock of a history: nanoseconds since its creation. It converts times of the day to
 * that scale.
 */
final class HistoryClock {

	private final LongSupplier monotonic;

	private final long origin;

	private final Instant createdAt;

	/**
	 * @param monotonic in nanoseconds since any origin
	 * @param time the time of the day, read once
	 */
	HistoryClock(LongSupplier monotonic, Clock time) {
		this.monotonic = monotonic;
		this.origin = monotonic.getAsLong();
		this.createdAt = time.instant();
	}

	long now() {
		return this.monotonic.getAsLong() - this.origin;
	}

	/** Converts a moment on the monotonic clock. */
	long at(long monotonic) {
		return monotonic - this.origin;
	}

	long at(Instant time) {
		return Duration.between(this.createdAt, time).toNanos();
	}

	/**
	 * @param tolerance how far the clock of a process may differ from this one
	 */
	Sale sale(SaleTerms terms, Duration tolerance) {
		return new Sale((terms.opensAt() != null) ? at(terms.opensAt()) : Sale.ALWAYS,
				(terms.closesAt() != null) ? at(terms.closesAt()) : Operation.NEVER,
				Duration.between(Instant.EPOCH, terms.endOfHold(Instant.EPOCH)).toNanos(),
				Duration.between(Instant.EPOCH, terms.endOfOffer(Instant.EPOCH)).toNanos(), tolerance.toNanos());
	}

}
