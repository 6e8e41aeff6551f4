package dev.lastseat.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads an instant from ISO-8601 text with an offset, and from nothing else: Jackson's
 * own also takes numbers, whose unit a client can only guess.
 */
final class InstantReader extends StdDeserializer<Instant> {

	private static final int MAX_YEAR = 9_999;

	InstantReader() {
		super(Instant.class);
	}

	@Override
	public Instant deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return (Instant) context.handleUnexpectedToken(Instant.class, parser);
		}
		String text = parser.getString();
		Instant instant = parse(text);
		return (instant != null) ? instant
				: (Instant) context.handleWeirdStringValue(Instant.class, text, "not ISO-8601 with an offset");
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
