package dev.lastseat.bench;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code 204} and reads nothing: measures the cost of HTTP alone, with the same
 * server, filters and access rules as the API.
 */
final class EmptyHandler {

	static final String PATH = "/api/v1/bench";

	private static final int NO_CONTENT = 204;

	private EmptyHandler() {
	}

	static RouterFunction<ServerResponse> route() {
		return RouterFunctions.route().POST(PATH, (request) -> ServerResponse.noContent().build()).build();
	}

	/**
	 * @throws IllegalStateException when the answer is not from this handler
	 */
	static void requireEmpty(Reply reply) {
		if (reply.status() != NO_CONTENT) {
			throw new IllegalStateException("the empty handler answered " + reply.status());
		}
	}

}
