package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Which bodies are read: exactly the media types of the route, in UTF-8, and not
 * compressed.
 */
final class BodyTypes {

	/** RFC 7396. */
	static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");

	private BodyTypes() {
	}

	/**
	 * @throws UnsupportedMediaTypeStatusException for any other body
	 */
	static void require(ServerRequest.Headers headers, MediaType... types) {
		MediaType type = headers.contentType().orElse(null);
		boolean isRead = type != null && headers.header(HttpHeaders.CONTENT_TYPE).size() == 1
				&& Stream.of(types).anyMatch(type::equalsTypeAndSubtype)
				&& (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8))
				&& headers.header(HttpHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equalsIgnoreCase);
		if (!isRead) {
			throw new UnsupportedMediaTypeStatusException(type, List.of(types));
		}
	}

}
