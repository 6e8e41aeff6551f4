package dev.lastseat.web;

import java.util.function.Function;

import dev.lastseat.booking.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes a view of events as JSON. Requests that share a read get the same instance, so
 * the last one is remembered and encoded once. Thread-safe.
 */
final class EncodedEvents {

	private final JsonMapper json;

	private final Function<Event, Object> view;

	private volatile @Nullable Encoded last;

	/**
	 * @param view gives the JSON body
	 */
	EncodedEvents(JsonMapper json, Function<Event, Object> view) {
		this.json = json;
		this.view = view;
	}

	/**
	 * @return JSON in UTF-8, which must not be changed
	 */
	byte[] encode(Event event) {
		Encoded encoded = this.last;
		if (encoded == null || encoded.event != event) {
			encoded = new Encoded(event, this.json.writeValueAsBytes(this.view.apply(event)));
			this.last = encoded;
		}
		return encoded.bytes;
	}

	private record Encoded(Event event, byte[] bytes) {
	}

}
