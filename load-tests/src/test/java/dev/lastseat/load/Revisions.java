package dev.lastseat.load;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of the events of a stream, which are revisions.
 */
final class Revisions {

	/**
	 * Gatling hands out each event as a JSON object, whose data, if it is JSON itself, is
	 * escaped; the first {@code id} with quotes as they are is that of the stream.
	 */
	private static final Pattern ID = Pattern.compile("(?<!\\\\)\"id\":\"(\\d+)\"");

	private Revisions() {
	}

	/**
	 * Tells whether each is greater than the one before it.
	 * @param between events without an id, such as comments, are passed over
	 */
	static boolean grow(String first, List<String> between, String last) {
		long latest = Long.parseLong(first);
		for (String event : between) {
			Matcher id = ID.matcher(event);
			if (id.find()) {
				long revision = Long.parseLong(id.group(1));
				if (revision <= latest) {
					return false;
				}
				latest = revision;
			}
		}
		return Long.parseLong(last) > latest;
	}

}
