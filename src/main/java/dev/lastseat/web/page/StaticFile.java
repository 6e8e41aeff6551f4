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

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * A file in memory, as it is and compressed. Each of the two representations has an
 * entity tag of its own: a 304 never confirms the other one. A client may store it, but
 * revalidates it before each use, so that all files are of the version of the service.
 *
 * @param tag the tag of {@code content}: a hash of it
 * @param gzipTag the tag of {@code gzipped}
 */
record StaticFile(MediaType type, String tag, String gzipTag, byte[] content, byte[] gzipped) {

	/** Until the process ends. */
	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	static StaticFile of(MediaType type, byte[] content) {
		String hash = DigestUtils.md5DigestAsHex(content);
		return new StaticFile(type, '"' + hash + '"', '"' + hash + "-gzip\"", content, gzip(content));
	}

	/**
	 * Reads a file of text from the class path. Its extension tells its type.
	 */
	static StaticFile read(String path) {
		MediaType type = MediaTypeFactory.getMediaType(path).orElseThrow();
		return of(new MediaType(type, StandardCharsets.UTF_8), bytes(path));
	}

	/**
	 * The content of a file of the class path.
	 */
	static byte[] bytes(String path) {
		try {
			return new ClassPathResource(path).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lazy: the first subscriber starts the read, on a thread that may block. All
	 * subscribers share its result; an error is not kept, so that the next one tries
	 * again.
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
	 * An error where the client cannot read the type.
	 */
	Mono<ServerResponse> answer(ServerRequest request) {
		return answer(request, (headers) -> {
		});
	}

	/**
	 * @param policy the content security policy, in place of the one for answers that
	 * load nothing
	 */
	Mono<ServerResponse> answer(ServerRequest request, String policy) {
		return answer(request, (headers) -> headers.set("Content-Security-Policy", policy));
	}

	private Mono<ServerResponse> answer(ServerRequest request, Consumer<HttpHeaders> more) {
		if (ContentNegotiation.best(request.headers(), this.type) == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(this.type)));
		}
		return ContentNegotiation.gzip(request.headers())
				? answer(this.gzipTag, more).header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(this.gzipped)
				: answer(this.tag, more).bodyValue(this.content);
	}

	/**
	 * The headers of the 200. The framework compares the tag with the request, and turns
	 * the answer into a 304 with the same headers.
	 */
	private ServerResponse.BodyBuilder answer(String tag, Consumer<HttpHeaders> more) {
		return ServerResponse.ok()
			.contentType(this.type)
			.cacheControl(CacheControl.noCache())
			.eTag(tag)
			.varyBy(HttpHeaders.ACCEPT_ENCODING)
			.headers(more);
	}

}
