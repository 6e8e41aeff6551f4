package dev.lastseat.web.page;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.webjars.WebJarVersionLocator;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows the description of the API with Swagger UI: a page and a script of our own, and
 * the two files of the library that they load. A file is read when it is first requested.
 */
public final class SwaggerUi {

	/** As {@link WebPage#POLICY}, with the {@code data:} images of the style sheet. */
	static final String POLICY = WebPage.POLICY.replace("img-src 'self'", "img-src 'self' data:");

	/** Relative: it leads to the page behind a proxy that adds a path, too. */
	private static final URI INDEX = URI.create("swagger-ui/index.html");

	private final Map<String, Mono<StaticFile>> files = Stream
		.concat(files(SwaggerUi::ofOurs, "index.html", "initializer.js"),
				files(SwaggerUi::ofTheLibrary, "swagger-ui.css", "swagger-ui-bundle.js"))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private static Stream<Map.Entry<String, Mono<StaticFile>>> files(UnaryOperator<String> path, String... names) {
		return Stream.of(names)
			.map((name) -> Map.entry(name, StaticFile.lazy(() -> StaticFile.read(path.apply(name)))));
	}

	private static String ofOurs(String name) {
		return "swagger-ui/" + name;
	}

	private static String ofTheLibrary(String name) {
		return Objects.requireNonNull(new WebJarVersionLocator().fullPath("swagger-ui", name));
	}

	public Mono<ServerResponse> index(ServerRequest request) {
		return ServerResponse.status(HttpStatus.FOUND).location(INDEX).build();
	}

	public Mono<ServerResponse> file(ServerRequest request) {
		Mono<StaticFile> file = this.files.get(request.pathVariable("file"));
		return (file != null) ? file.flatMap((read) -> read.answer(request, POLICY))
				: Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is no such file"));
	}

}
