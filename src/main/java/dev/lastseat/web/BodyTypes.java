package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Checks the media type of a body. A route accepts exactly its media types, in UTF-8,
 * without compression.
 */
final class BodyTypes {

	/** JSON merge patch (RFC 7396). */
	static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");

	private BodyTypes() {
	}

	/**
	 * @throws UnsupportedMediaTypeStatusException when the body has another media type
	 */
	static void require(ServerRequest.Headers headers, MediaType... types) {
		if (isUsual(headers, types)) {
			return;
		}
		MediaType type = headers.contentType().orElse(null);
		boolean accepted = type != null && headers.header(HttpHeaders.CONTENT_TYPE).size() == 1
				&& Stream.of(types).anyMatch(type::equalsTypeAndSubtype)
				&& (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8))
				&& headers.header(HttpHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equalsIgnoreCase);
		if (!accepted) {
			throw new UnsupportedMediaTypeStatusException(type, List.of(types));
		}
	}

	/** The first media type without parameters, which needs no parsing. */
	private static boolean isUsual(ServerRequest.Headers headers, MediaType... types) {
		List<String> type = headers.header(HttpHeaders.CONTENT_TYPE);
		return type.size() == 1 && type.get(0).equals(types[0].toString())
				&& headers.header(HttpHeaders.CONTENT_ENCODING).isEmpty();
	}

}
