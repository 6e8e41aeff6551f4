package dev.lastseat.web.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * The page at the {@code type} of a problem. It explains the code, in HTML or JSON.
 */
public final class ProblemPage {

	private static final Map<String, ProblemCode> CODES = Arrays.stream(ProblemCode.values())
		.collect(Collectors.toUnmodifiableMap(ProblemCode::code, Function.identity()));

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final String PAGE = """
			<!doctype html>
			<html lang="en">
			<meta charset="utf-8">
			<title>%1$s</title>
			<h1>%1$s</h1>
			<p><code>%2$s</code>, status %3$d, %4$s</p>
			<p>%5$s</p>
			""";

	public Mono<ServerResponse> read(ServerRequest request) {
		ProblemCode code = CODES.get(request.pathVariable("code"));
		if (code == null) {
			return Mono.error(new ProblemException(ProblemCode.NOT_FOUND, "no problem has this code"));
		}
		MediaType type = ContentNegotiation.select(request.headers(), HTML, MediaType.APPLICATION_JSON);
		if (type == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(HTML, MediaType.APPLICATION_JSON)));
		}
		return type.equals(HTML) ? ServerResponse.ok().contentType(HTML).bodyValue(page(code))
				: ServerResponse.ok().bodyValue(ProblemCodeView.of(code));
	}

	private static String page(ProblemCode code) {
		return String.format(Locale.ROOT, PAGE, code.title(), code.code(), code.status().value(),
				code.retryable() ? "retryable" : "not retryable", code.explanation());
	}

}
