package dev.lastseat.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells whether a request whose outcome is unknown is safe to repeat.
 */
final class Repetition {

	private static final PathPattern REGISTRATIONS = PathPatternParser.defaultInstance.parse(Paths.REGISTRATIONS);

	private Repetition() {
	}

	/**
	 * @return the problem; not retryable when its outcome is unknown and the request is
	 * not safe to repeat
	 */
	static ProblemException judge(ServerHttpRequest request, ProblemException problem) {
		return (problem.code() == ProblemCode.OUTCOME_UNKNOWN && !isSafe(request)) ? problem.notRetryable() : problem;
	}

	/**
	 * {@code PUT} and {@code DELETE} are idempotent. A user gets one seat of an event,
	 * however often a registration is posted. A second event could be created, and a
	 * change could undo a later one unless {@code If-Match} guards it.
	 */
	private static boolean isSafe(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		if (method == HttpMethod.PATCH) {
			String tags = request.getHeaders().getFirst(HttpHeaders.IF_MATCH);
			return tags != null && !tags.strip().equals("*");
		}
		return method != HttpMethod.POST || REGISTRATIONS.matches(request.getPath().pathWithinApplication());
	}

}
