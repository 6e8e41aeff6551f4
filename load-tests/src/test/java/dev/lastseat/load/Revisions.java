package dev.lastseat.load;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of the messages of a stream. They are revisions.
 */
final class Revisions {

	/**
	 * Gatling gives each message as a JSON object. JSON in its data is escaped, so the
	 * first {@code id} without escaped quotes is that of the stream.
	 */
	private static final Pattern ID = Pattern.compile("(?<!\\\\)\"id\":\"(\\d+)\"");

	private Revisions() {
	}

	/**
	 * Whether each revision is greater than the one before it.
	 * @param between messages; those without an id, such as comments, are ignored
	 */
	static boolean grow(String first, List<String> between, String last) {
		long latest = Long.parseLong(first);
		for (String message : between) {
			Matcher id = ID.matcher(message);
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
