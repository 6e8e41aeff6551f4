package dev.lastseat.web;

import java.util.List;
import java.util.function.Function;

import dev.lastseat.web.page.ContentNegotiation;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Chooses between a stream and JSON, and responds with a stream.
 */
final class StreamResponses {

	private static final MediaType STREAM = MediaType.TEXT_EVENT_STREAM;

	private static final MediaType[] TYPES = { MediaType.APPLICATION_JSON, STREAM };

	private StreamResponses() {
	}

	/**
	 * @return true for a stream, false for JSON
	 * @throws NotAcceptableStatusException when the client accepts neither
	 */
	static boolean isRequested(ServerRequest request) {
		MediaType type = ContentNegotiation.select(request.headers(), TYPES);
		if (type == null && !ContentNegotiation.acceptsJson(request.headers())) {
			throw new NotAcceptableStatusException(List.of(TYPES));
		}
		return STREAM.equals(type);
	}

	/**
	 * @throws NotAcceptableStatusException when the client does not accept a stream
	 */
	static void requireStreamAccepted(ServerRequest request) {
		if (ContentNegotiation.select(request.headers(), STREAM) == null) {
			throw new NotAcceptableStatusException(List.of(STREAM));
		}
	}

	/**
	 * @param body writes the stream; not called for a {@code HEAD}
	 */
	static Mono<ServerResponse> of(ServerRequest request, Function<ServerWebExchange, Mono<Void>> body) {
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(STREAM)
			.cacheControl(CacheControl.noStore())
			.header("X-Accel-Buffering", "no");
		return (request.method() == HttpMethod.HEAD) ? response.build()
				: response.build((exchange, context) -> body.apply(exchange));
	}

}
