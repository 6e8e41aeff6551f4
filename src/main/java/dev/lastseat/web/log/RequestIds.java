package dev.lastseat.web.log;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;

/**
 * Gives every request an id: the id that the client sent, if it is safe to log, otherwise
 * a new one. Every response, every problem and every log line that Spring or this service
 * writes while processing the request has this id.
 * <p>
 * This decorator wraps the whole handler with its filters and error handling, so that
 * nothing runs without an id.
 */
public final class RequestIds implements HttpHandlerDecoratorFactory {

	public static final String HEADER = "X-Request-Id";

	/** The MDC key of the id. */
	public static final String LOG_KEY = "requestId";

	/** Copies the id from the Reactor context of a request to the MDC of a thread. */
	public static final Slf4jThreadLocalAccessor IN_LOG_LINES = new Slf4jThreadLocalAccessor(LOG_KEY);

	/** Excludes characters that could end a log line or open a tag. */
	private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	/** Random, but not cryptographically secure, so it never waits for entropy. */
	private final IdGenerator ids = new AlternativeJdkIdGenerator();

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> {
			String id = idFor(request);
			response.getHeaders().set(HEADER, id);
			return Mono.defer(() -> handler.handle(request, response))
				.contextWrite(Context.of(Slf4jThreadLocalAccessor.KEY, Map.of(LOG_KEY, id)));
		};
	}

	private String idFor(ServerHttpRequest request) {
		String sent = request.getHeaders().getFirst(HEADER);
		return (sent != null && SAFE.matcher(sent).matches()) ? sent : next();
	}

	/**
	 * @return a new id
	 */
	public String next() {
		return this.ids.generateId().toString();
	}

	/**
	 * @return the id of the request that this response answers
	 */
	public static String of(ServerHttpResponse response) {
		return Objects.requireNonNull(response.getHeaders().getFirst(HEADER));
	}

}
