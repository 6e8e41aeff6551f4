package dev.lastseat.web.page;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import reactor.core.publisher.Mono;

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

	private final Map<String, StaticFile> files = Stream
		.of(INDEX, "style.css", "icon.svg", "api.js", "app.js", "booking.js", "cards.js", "confirm.js", "create.js",
				"dates.js", "dom.js", "edit.js", "event-form.js", "event-updates.js", "event.js", "events.js",
				"live-stream.js", "my-seats.js", "problem-text.js", "race-answers.js", "race-verdict.js", "race.js",
				"seat-bar.js", "text.js", "title-search.js", "token.js", "user-id.js", "view-state.js")
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (name) -> StaticFile.read("page/" + name)));

	public Mono<ServerResponse> index(ServerRequest request) {
		return answer(request, INDEX);
	}

	public Mono<ServerResponse> file(ServerRequest request) {
		return answer(request, request.pathVariable("file"));
	}

	private Mono<ServerResponse> answer(ServerRequest request, String name) {
		StaticFile file = this.files.get(name);
		return (file != null) ? file.answer(request, POLICY)
				: Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "there is no such file"));
	}

}
