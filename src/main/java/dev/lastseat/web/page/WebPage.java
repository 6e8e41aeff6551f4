package dev.lastseat.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The web page at {@code /} and the files that it loads. The files are few and small: all
 * are read at the start and kept in memory.
 */
public final class WebPage {

	/** May load from and call this origin only; must not be framed. */
	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final String INDEX = "index.html";

	private final Map<String, StaticFile> files = readAll();

	private static Map<String, StaticFile> readAll() {
		try {
			return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:page/*"))
				.collect(Collectors.toUnmodifiableMap((file) -> Objects.requireNonNull(file.getFilename()),
						StaticFile::read));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Mono<ServerResponse> index(ServerRequest request) {
		return toResponse(request, INDEX);
	}

	public Mono<ServerResponse> file(ServerRequest request) {
		return toResponse(request, request.pathVariable("file"));
	}

	private Mono<ServerResponse> toResponse(ServerRequest request, String name) {
		StaticFile file = this.files.get(name);
		return (file != null) ? file.toResponse(request, POLICY)
				: Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is no such file"));
	}

}
