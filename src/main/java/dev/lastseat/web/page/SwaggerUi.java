package dev.lastseat.web.page;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.webjars.WebJarVersionLocator;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
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

	private final Map<String, Mono<StaticFile>> files = Map.of("index.html", file("index.html"), "initializer.js",
			file("initializer.js"), "swagger-ui.css", libraryFile("swagger-ui.css"), "swagger-ui-bundle.js",
			libraryFile("swagger-ui-bundle.js"));

	private static Mono<StaticFile> file(String name) {
		return StaticFile.lazy(() -> StaticFile.read(new ClassPathResource("swagger-ui/" + name)));
	}

	private static Mono<StaticFile> libraryFile(String name) {
		return StaticFile.lazy(() -> StaticFile.read(new ClassPathResource(
				Objects.requireNonNull(new WebJarVersionLocator().fullPath("swagger-ui", name)))));
	}

	public Mono<ServerResponse> index(ServerRequest request) {
		return ServerResponse.status(HttpStatus.FOUND).location(INDEX).build();
	}

	public Mono<ServerResponse> file(ServerRequest request) {
		Mono<StaticFile> file = this.files.get(request.pathVariable("file"));
		return (file != null) ? file.flatMap((read) -> read.toResponse(request, POLICY))
				: Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is no such file"));
	}

}
