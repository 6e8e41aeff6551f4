package dev.lastseat.booking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Validates the values of an event and collects all violations.
 */
final class EventRules {

	/** Instants from here to {@link #END} have a four-digit year in ISO-8601. */
	private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z").plusMillis(1);

	private static final Pattern TITLE = Pattern.compile(EventDraft.TITLE_PATTERN);

	private static final Pattern DESCRIPTION = Pattern.compile(EventDraft.DESCRIPTION_PATTERN);

	private static final Pattern ONE_LINE = Pattern.compile(EventDraft.ONE_LINE);

	private final List<Violation> violations = new ArrayList<>();

	void title(@Nullable String title) {
		if (title == null) {
			violated("title", "must not be blank");
		}
		else if (length(title) > EventDraft.MAX_TITLE) {
			violated("title", "must be at most 200 characters");
		}
		else if (!ONE_LINE.matcher(title).matches()) {
			violated("title", "must be one line of text, without control characters or unpaired surrogates");
		}
		else if (!TITLE.matcher(title).matches()) {
			violated("title", "must not be blank");
		}
	}

	void description(@Nullable String description) {
		if (description != null && length(description) > EventDraft.MAX_DESCRIPTION) {
			violated("description", "must be at most 5,000 characters");
		}
		else if (description != null && !DESCRIPTION.matcher(description).matches()) {
			violated("description", "must be text, without control characters or unpaired surrogates");
		}
	}

	/**
	 * @return the instant truncated to milliseconds; null when it is missing or out of
	 * bounds
	 */
	@Nullable Instant instant(String field, @Nullable Instant instant) {
		if (instant == null || instant.isBefore(EARLIEST) || !instant.isBefore(END)) {
			violated(field, "must be an instant like 2026-12-01T19:00:00Z");
			return null;
		}
		return instant.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * @param startsAt not truncated, like {@code endsAt}: truncated values could be equal
	 * although the end comes first
	 */
	void order(@Nullable Instant startsAt, @Nullable Instant endsAt) {
		if (startsAt != null && endsAt != null && endsAt.isBefore(startsAt)) {
			violated("endsAt", "must not be before startsAt");
		}
	}

	/**
	 * @return the instant truncated to milliseconds; null when it is absent or out of
	 * bounds
	 */
	@Nullable Instant optionalInstant(String field, @Nullable Instant instant) {
		return (instant != null) ? instant(field, instant) : null;
	}

	/**
	 * @param opensAt truncated, like {@code closesAt}: a window that ends in the
	 * millisecond of its beginning would be stored as empty
	 */
	void window(@Nullable Instant opensAt, @Nullable Instant closesAt) {
		if (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt)) {
			violated("salesCloseAt", "must be after salesOpenAt");
		}
	}

	void holdSeconds(@Nullable Integer seconds) {
		if (seconds != null && (seconds < SaleTerms.MIN_HOLD_SECONDS || seconds > SaleTerms.MAX_HOLD_SECONDS)) {
			violated("holdSeconds", "must be a whole number from 10 to 86,400");
		}
	}

	void offerSeconds(@Nullable Integer seconds) {
		if (seconds != null && (seconds < SaleTerms.MIN_OFFER_SECONDS || seconds > SaleTerms.MAX_OFFER_SECONDS)) {
			violated("offerSeconds", "must be a whole number from 60 to 604,800");
		}
	}

	void capacity(int capacity) {
		if (capacity < 1 || capacity > EventDraft.MAX_CAPACITY) {
			violated("capacity", "must be a whole number from 1 to 10,000,000");
		}
	}

	/**
	 * @throws InvalidInputException with all violations, when there are any
	 */
	void throwIfViolated() {
		if (!this.violations.isEmpty()) {
			throw new InvalidInputException(this.violations);
		}
	}

	private void violated(String field, String message) {
		this.violations.add(new Violation(field, message));
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

}
