package dev.lastseat.booking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An event as its organiser describes it, before it is stored. A draft that exists is
 * valid.
 *
 * @param title 1 to {@value #MAX_TITLE} characters, not blank
 * @param description up to {@value #MAX_DESCRIPTION} characters
 * @param startsAt in the years 0 to 9999; kept to the millisecond, as it is stored
 * @param endsAt not before {@code startsAt}; kept to the millisecond
 * @param capacity seats, 1 to {@value #MAX_CAPACITY}
 */
public record EventDraft(String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity) {

	/** Characters (Unicode code points) of a title. */
	public static final int MAX_TITLE = 200;

	/** Characters (Unicode code points) of a description. */
	public static final int MAX_DESCRIPTION = 5_000;

	/** Seats of an event. */
	public static final int MAX_CAPACITY = 10_000_000;

	private static final Violation ILLEGAL_CAPACITY = new Violation("capacity",
			"must be a whole number from 1 to 10,000,000");

	/** The range that ISO-8601 writes with a year of four digits. */
	private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	/**
	 * Takes a request as it came: a missing value is reported like any other broken rule,
	 * together with all the others.
	 * @throws InvalidInputException when anything is missing or out of bounds
	 */
	public EventDraft {
		List<Violation> violations = new ArrayList<>();
		checkTitle(title, violations);
		if (description != null && length(description) > MAX_DESCRIPTION) {
			violations.add(new Violation("description", "must be at most 5,000 characters"));
		}
		startsAt = checkInstant("startsAt", startsAt, violations);
		endsAt = (endsAt != null) ? checkInstant("endsAt", endsAt, violations) : null;
		if (startsAt != null && endsAt != null && endsAt.isBefore(startsAt)) {
			violations.add(new Violation("endsAt", "must not be before startsAt"));
		}
		if (!isLegalCapacity(capacity)) {
			violations.add(ILLEGAL_CAPACITY);
		}
		if (!violations.isEmpty()) {
			throw new InvalidInputException(violations);
		}
	}

	/**
	 * Checks a capacity by itself, for those who change it.
	 * @return the capacity
	 * @throws InvalidInputException when it is out of bounds
	 */
	public static int requireLegalCapacity(int capacity) {
		if (!isLegalCapacity(capacity)) {
			throw new InvalidInputException(List.of(ILLEGAL_CAPACITY));
		}
		return capacity;
	}

	private static boolean isLegalCapacity(int capacity) {
		return capacity >= 1 && capacity <= MAX_CAPACITY;
	}

	private static void checkTitle(@Nullable String title, List<Violation> violations) {
		if (title == null || title.isBlank()) {
			violations.add(new Violation("title", "must not be blank"));
		}
		else if (length(title) > MAX_TITLE) {
			violations.add(new Violation("title", "must be at most 200 characters"));
		}
	}

	private static @Nullable Instant checkInstant(String field, @Nullable Instant instant, List<Violation> violations) {
		if (instant == null || instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
			violations.add(new Violation(field, "must be an instant like 2026-12-01T19:00:00Z"));
			return null;
		}
		return instant.truncatedTo(ChronoUnit.MILLIS);
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

}
