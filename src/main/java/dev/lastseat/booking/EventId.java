package dev.lastseat.booking;

import java.util.Locale;

/**
 * Names an event. Any text is a legal id: one that the store could never have given out
 * simply names no event, so that asking for it is "unknown event" and not an error of its
 * own.
 *
 * @param value the id as the store gave it out; case does not matter and is folded
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
