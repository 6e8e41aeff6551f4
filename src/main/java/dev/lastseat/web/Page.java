package dev.lastseat.web;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * The page at {@code /} and the files that it loads. They are few and small: read once,
 * at the start, and kept in memory. A browser may store them, but revalidates each on
 * every load, so that the page and the service are of the same version.
 */
final class Page {

	/** May load from and call this origin only; must not be framed. */
	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final String INDEX = "index.html";

	private final Map<String, PageFile> files = Stream
		.of(INDEX, "style.css", "icon.svg", "answers.js", "api.js", "app.js", "booking.js", "cards.js", "confirm.js",
				"create.js", "details.js", "dom.js", "draft.js", "edit.js", "event.js", "events.js", "live.js",
				"mine.js", "moments.js", "place.js", "race.js", "search.js", "seats.js", "text.js", "token.js",
				"user.js", "verdict.js", "words.js")
		.map(PageFile::read)
		.collect(Collectors.toUnmodifiableMap(PageFile::name, Function.identity()));

	Mono<ServerResponse> index(ServerRequest request) {
		return answer(request, INDEX);
	}

	Mono<ServerResponse> file(ServerRequest request) {
		return answer(request, request.pathVariable("file"));
	}

	private Mono<ServerResponse> answer(ServerRequest request, String name) {
		PageFile file = this.files.get(name);
		if (file == null) {
			return Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is no such file"));
		}
		if (Accepted.best(request.headers(), file.type()) == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(file.type())));
		}
		return Accepted.gzip(request.headers())
				? answer(file, file.gzipTag()).header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(file.gzipped())
				: answer(file, file.tag()).bodyValue(file.content());
	}

	/**
	 * The headers of the 200. The framework compares the tag with the request, and turns
	 * the answer into a 304 with the same headers.
	 */
	private static ServerResponse.BodyBuilder answer(PageFile file, String tag) {
		return ServerResponse.ok()
			.contentType(file.type())
			.cacheControl(CacheControl.noCache())
			.eTag(tag)
			.varyBy(HttpHeaders.ACCEPT_ENCODING)
			.header("Content-Security-Policy", POLICY);
	}

}
