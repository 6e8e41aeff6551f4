package dev.lastseat.booking;

import java.util.Locale;

/**
 * Identifies an event. Any text is accepted: a text that is not a valid id of the storage
 * identifies no event, so a request for it ends in "event not found" and needs no error
 * of its own.
 *
 * @param value the id that the storage generated or the client chose; converted to lower
 * case
 */
public record EventId(String value) {

	public EventId {
		value = value.toLowerCase(Locale.ROOT);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
