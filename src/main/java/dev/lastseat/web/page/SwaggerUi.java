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
 * Shows the API description with Swagger UI: an HTML file and a script of this service,
 * and the style sheet and the script of the library. A file is read when it is first
 * requested.
 */
public final class SwaggerUi {

	/** Like {@link WebPage#POLICY}, with the {@code data:} images of the style sheet. */
	static final String POLICY = WebPage.POLICY.replace("img-src 'self'", "img-src 'self' data:");

	/**
	 * Relative, so that the redirect also works behind a proxy that adds a path prefix.
	 */
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
