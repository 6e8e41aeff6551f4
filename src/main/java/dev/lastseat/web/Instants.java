package dev.lastseat.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Reads instants from ISO-8601 text with an offset, and from nothing else.
 */
final class Instants {

	private static final int MAX_YEAR = 9_999;

	private Instants() {
	}

	/**
	 * @return the instant; null for a text that is none, or whose year has not four
	 * digits
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
