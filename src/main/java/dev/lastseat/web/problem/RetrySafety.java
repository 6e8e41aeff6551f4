package dev.lastseat.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Decides whether a request with an unknown outcome is safe to repeat.
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
	ProblemException apply(ServerHttpRequest request, ProblemException problem) {
		return (problem.code() == ProblemCode.OUTCOME_UNKNOWN && !isSafe(request)) ? problem.notRetryable() : problem;
	}

	/**
	 * {@code PUT} and {@code DELETE} are idempotent. A {@code POST} of a registration is
	 * idempotent too, because a user gets only one ticket of an event. Repeating the
	 * {@code POST} of an event could create a second event. Repeating a {@code PATCH}
	 * could undo a later change, unless {@code If-Match} names an entity tag.
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
