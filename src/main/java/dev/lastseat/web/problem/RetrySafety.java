package dev.lastseat.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells whether a request whose outcome is unknown is safe to repeat.
 */
final class RetrySafety {

	private final PathPattern idempotentPost;

	/**
	 * @param idempotentPost the pattern of the path whose {@code POST} is safe to repeat
	 */
	RetrySafety(String idempotentPost) {
		this.idempotentPost = PathPatternParser.defaultInstance.parse(idempotentPost);
	}

	/**
	 * @return the problem; not retryable when its outcome is unknown and the request is
	 * not safe to repeat
	 */
	ProblemException judge(ServerHttpRequest request, ProblemException problem) {
		return (problem.code() == ProblemCode.OUTCOME_UNKNOWN && !isSafe(request)) ? problem.notRetryable() : problem;
	}

	/**
	 * {@code PUT} and {@code DELETE} are idempotent. A user gets one seat of an event,
	 * however often a registration is posted. A second event could be created, and a
	 * change could undo a later one unless {@code If-Match} guards it.
	 */
	private boolean isSafe(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		if (method == HttpMethod.PATCH) {
			String tags = request.getHeaders().getFirst(HttpHeaders.IF_MATCH);
			return tags != null && !tags.strip().equals("*");
		}
		return method != HttpMethod.POST || this.idempotentPost.matches(request.getPath().pathWithinApplication());
	}

}
