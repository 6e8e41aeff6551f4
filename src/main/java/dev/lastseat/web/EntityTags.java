package dev.lastseat.web;

import java.util.regex.Pattern;

import dev.lastseat.booking.Event;

/**
 * The revision of an event as an entity tag.
 */
final class EntityTags {

	/** As a revision is written in a tag: {@code 00} is another text than {@code 0}. */
	private static final Pattern REVISION = Pattern.compile("0|[1-9]\\d{0,17}");

	private EntityTags() {
	}

	static String of(Event event) {
		return "\"" + event.revision() + "\"";
	}

	static boolean isRevision(String tag) {
		return REVISION.matcher(tag).matches();
	}

}
