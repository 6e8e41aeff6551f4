package dev.lastseat.web;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.lastseat.booking.Event;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The revision of an event as an entity tag.
 */
final class EntityTags {

	/** A strong tag of ours. A weak one never matches an If-Match (RFC 9110, 13.1.1). */
	private static final Pattern REVISION = Pattern.compile("\"(\\d{1,18})\"");

	private EntityTags() {
	}

	static String of(Event event) {
		return "\"" + event.revision() + "\"";
	}

	/**
	 * @return the revisions that the request accepts; null when it accepts any
	 */
	static @Nullable Set<Long> ifMatch(ServerRequest request) {
		List<String> tags = request.headers().header("If-Match");
		if (tags.isEmpty() || tags.stream().anyMatch((tag) -> tag.trim().equals("*"))) {
			return null;
		}
		return tags.stream()
			.flatMap((header) -> Pattern.compile(",").splitAsStream(header))
			.map((tag) -> REVISION.matcher(tag.trim()))
			.filter(Matcher::matches)
			.map((match) -> Long.valueOf(match.group(1)))
			.collect(Collectors.toUnmodifiableSet());
	}

}
