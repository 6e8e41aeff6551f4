package dev.lastseat.booking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * When and how the seats of an event are sold.
 *
 * @param opensAt from then on seats can be booked and held; null when the sale has no
 * beginning
 * @param closesAt from then on no seat can be booked or held; null when the sale has no
 * end. A hold can be confirmed after it
 * @param holdSeconds how long a hold lasts, {@value #MIN_HOLD_SECONDS} to
 * {@value #MAX_HOLD_SECONDS}; null for {@value #DEFAULT_HOLD_SECONDS}
 */
public record SaleTerms(@Nullable Instant opensAt, @Nullable Instant closesAt, @Nullable Integer holdSeconds) {

	/** No window, and holds of the default length. */
	public static final SaleTerms DEFAULT = new SaleTerms(null, null, null);

	/** Minimum length of a hold. */
	public static final int MIN_HOLD_SECONDS = 10;

	/** Maximum length of a hold: a day. */
	public static final int MAX_HOLD_SECONDS = 86_400;

	/** Length of a hold of an event that names no other. */
	public static final int DEFAULT_HOLD_SECONDS = 600;

	/** Whether the sale has not opened yet. */
	public boolean opensAfter(Instant now) {
		return this.opensAt != null && now.isBefore(this.opensAt);
	}

	/** Whether the sale is closed. */
	public boolean isClosedAt(Instant now) {
		return this.closesAt != null && !now.isBefore(this.closesAt);
	}

	/**
	 * @return the end of a hold that is made now, in milliseconds, as it is stored
	 */
	public Instant endOfHold(Instant now) {
		return now.truncatedTo(ChronoUnit.MILLIS)
			.plusSeconds((this.holdSeconds != null) ? this.holdSeconds : DEFAULT_HOLD_SECONDS);
	}

}
