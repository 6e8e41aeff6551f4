package dev.lastseat.web.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * A file in memory, uncompressed and compressed. Each of the two representations has its
 * own entity tag, so that a 304 never confirms the other one. A client may store a file
 * but must revalidate it before each use, so that all files belong to the same version of
 * the service.
 *
 * @param tag the entity tag of {@code content}: a hash of it
 * @param gzipTag the entity tag of {@code gzipped}
 */
record StaticFile(MediaType type, String tag, String gzipTag, byte[] content, byte[] gzipped) {

	/** The lifetime of the process. */
	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	static StaticFile of(MediaType type, byte[] content) {
		String hash = DigestUtils.md5DigestAsHex(content);
		return new StaticFile(type, '"' + hash + '"', '"' + hash + "-gzip\"", content, gzip(content));
	}

	/**
	 * Reads a text file. Its extension determines its media type.
	 */
	static StaticFile read(Resource file) {
		MediaType type = MediaTypeFactory.getMediaType(file).orElseThrow();
		return of(new MediaType(type, StandardCharsets.UTF_8), content(file));
	}

	static byte[] content(Resource file) {
		try {
			return file.getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lazy: the first subscription reads the file on a thread that may block. All
	 * subscribers share the result. An error is not cached, so the next subscription
	 * reads again.
	 */
	static Mono<StaticFile> lazy(Callable<StaticFile> read) {
		return Mono.fromCallable(read)
			.subscribeOn(Schedulers.boundedElastic())
			.cache((file) -> FOREVER, (error) -> Duration.ZERO, () -> Duration.ZERO);
	}

	private static byte[] gzip(byte[] content) {
		ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
		try (GZIPOutputStream stream = new GZIPOutputStream(gzipped)) {
			stream.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return gzipped.toByteArray();
	}

	/**
	 * @return the response, or an error when the client does not accept the media type
	 */
	Mono<ServerResponse> toResponse(ServerRequest request) {
		return toResponse(request, (headers) -> {
		});
	}

	/**
	 * @param policy the content security policy; it replaces the default policy, which
	 * allows loading nothing
	 */
	Mono<ServerResponse> toResponse(ServerRequest request, String policy) {
		return toResponse(request, (headers) -> headers.set("Content-Security-Policy", policy));
	}

	private Mono<ServerResponse> toResponse(ServerRequest request, Consumer<HttpHeaders> additionalHeaders) {
		if (ContentNegotiation.select(request.headers(), this.type) == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(this.type)));
		}
		return ContentNegotiation.acceptsGzip(request.headers())
				? ok(this.gzipTag, additionalHeaders).header(HttpHeaders.CONTENT_ENCODING, "gzip")
					.bodyValue(this.gzipped)
				: ok(this.tag, additionalHeaders).bodyValue(this.content);
	}

	/**
	 * The headers of the 200 response. When the entity tag matches the request, Spring
	 * changes the response to a 304 with the same headers.
	 */
	private ServerResponse.BodyBuilder ok(String tag, Consumer<HttpHeaders> additionalHeaders) {
		return ServerResponse.ok()
			.contentType(this.type)
			.cacheControl(CacheControl.noCache())
			.eTag(tag)
			.varyBy(HttpHeaders.ACCEPT_ENCODING)
			.headers(additionalHeaders);
	}

}
