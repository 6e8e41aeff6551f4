package dev.lastseat.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Parses ISO-8601 date-times with an offset, and no other form.
 */
final class Instants {

	private static final int MAX_YEAR = 9_999;

	private Instants() {
	}

	/**
	 * @return the instant; null when the text is not a date-time with an offset or its
	 * year does not have four digits
	 */
	static @Nullable Instant parse(String text) {
		try {
			OffsetDateTime time = OffsetDateTime.parse(text);
			return (time.getYear() >= 0 && time.getYear() <= MAX_YEAR) ? time.toInstant() : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
