package dev.lastseat.web.problem;

import java.nio.charset.StandardCharsets;

import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON body of a constant problem. Only the path, the request id and the members of
 * {@link ProblemException.Members} differ from one response to the next.
 *
 * @param start the body up to the path
 * @param middle the body between the path and the request id
 * @param end the body after the request id, without the closing brace
 */
record ProblemTemplate(String start, String middle, String end) {

	private static final JsonStringEncoder QUOTING = JsonStringEncoder.getInstance();

	private static final String INSTANCE = "<instance>";

	private static final String REQUEST_ID = "<request id>";

	static ProblemTemplate of(ProblemException problem, JsonMapper json) {
		String body = json.writeValueAsString(ProblemView.of(problem, INSTANCE, REQUEST_ID));
		int instance = body.indexOf(INSTANCE);
		int requestId = body.indexOf(REQUEST_ID);
		return new ProblemTemplate(body.substring(0, instance), body.substring(instance + INSTANCE.length(), requestId),
				body.substring(requestId + REQUEST_ID.length(), body.length() - 1));
	}

	/**
	 * @param requestId needs no quoting in JSON
	 * @param members without errors
	 */
	byte[] encode(String instance, String requestId, ProblemException.Members members) {
		StringBuilder body = new StringBuilder(this.start);
		QUOTING.quoteAsString(instance, body);
		body.append(this.middle).append(requestId).append(this.end);
		if (members.opensAt() != null) {
			body.append(",\"opensAt\":\"").append(members.opensAt()).append('"');
		}
		if (members.remaining() != null) {
			body.append(",\"remaining\":").append(members.remaining());
		}
		return body.append('}').toString().getBytes(StandardCharsets.UTF_8);
	}

}
