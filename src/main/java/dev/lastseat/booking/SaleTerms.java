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
 * @param offerSeconds how long an offer to a user of the waiting list lasts,
 * {@value #MIN_OFFER_SECONDS} to {@value #MAX_OFFER_SECONDS}; null for
 * {@value #DEFAULT_OFFER_SECONDS}
 */
public record SaleTerms(@Nullable Instant opensAt, @Nullable Instant closesAt, @Nullable Integer holdSeconds,
		@Nullable Integer offerSeconds) {

	/** No window, and holds and offers of the default length. */
	public static final SaleTerms DEFAULT = new SaleTerms(null, null, null, null);

	/** Minimum length of a hold. */
	public static final int MIN_HOLD_SECONDS = 10;

	/** Maximum length of a hold: a day. */
	public static final int MAX_HOLD_SECONDS = 86_400;

	/** Length of a hold of an event that names no other. */
	public static final int DEFAULT_HOLD_SECONDS = 600;

	/** Minimum length of an offer. */
	public static final int MIN_OFFER_SECONDS = 60;

	/** Maximum length of an offer: a week. */
	public static final int MAX_OFFER_SECONDS = 604_800;

	/** Length of an offer of an event that names no other. */
	public static final int DEFAULT_OFFER_SECONDS = 3_600;

	/** With offers of the default length. */
	public SaleTerms(@Nullable Instant opensAt, @Nullable Instant closesAt, @Nullable Integer holdSeconds) {
		this(opensAt, closesAt, holdSeconds, null);
	}

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
		return end(now, (this.holdSeconds != null) ? this.holdSeconds : DEFAULT_HOLD_SECONDS);
	}

	/**
	 * @return the end of an offer that is made now, in milliseconds, as it is stored
	 */
	public Instant endOfOffer(Instant now) {
		return end(now, (this.offerSeconds != null) ? this.offerSeconds : DEFAULT_OFFER_SECONDS);
	}

	private static Instant end(Instant now, int seconds) {
		return now.truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds);
	}

}
