package dev.lastseat.web.log;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.slf4j.MDC;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Gives every request an id: the id that the client sent, if it is safe to log, otherwise
 * a new one. Every response, every problem and every log line that Spring or this service
 * writes while processing the request has this id. In lines of this service it is in the
 * MDC, only while the line is written. Lines of Spring start with it.
 * <p>
 * This decorator wraps the whole handler with its filters and error handling, so that
 * nothing runs without an id.
 */
public final class RequestIds implements HttpHandlerDecoratorFactory {

	public static final String HEADER = "X-Request-Id";

	/** The MDC key of the id. */
	public static final String LOG_KEY = "requestId";

	/** Excludes characters that could end a log line or open a tag. */
	private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> {
			String id = idFor(request);
			response.getHeaders().set(HEADER, id);
			return handler.handle(new IdentifiedRequest(request, id), response);
		};
	}

	private String idFor(ServerHttpRequest request) {
		String sent = request.getHeaders().getFirst(HEADER);
		return (sent != null && SAFE.matcher(sent).matches()) ? sent : next();
	}

	/**
	 * Not cryptographically secure, so it waits neither for entropy nor for other
	 * threads.
	 * @return a new id
	 */
	public String next() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new UUID(random.nextLong(), random.nextLong()).toString();
	}

	/**
	 * @return the id of the request that this response answers
	 */
	public static String of(ServerHttpResponse response) {
		return Objects.requireNonNull(response.getHeaders().getFirst(HEADER));
	}

	/**
	 * Gives an id to all lines that the action logs.
	 */
	public static void log(String id, Runnable lines) {
		MDC.put(LOG_KEY, id);
		try {
			lines.run();
		}
		finally {
			MDC.remove(LOG_KEY);
		}
	}

}
