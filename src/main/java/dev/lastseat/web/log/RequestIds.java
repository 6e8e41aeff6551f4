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
 * Gives every request an id, its client's own where that can be trusted in a log, else a
 * new one. It is in every answer and every problem, and in every log line that is written
 * by Spring or by us while the request is processed.
 * <p>
 * It wraps the whole server, filters and error handling included, so that nothing comes
 * before it.
 */
public final class RequestIds implements HttpHandlerDecoratorFactory {

	public static final String HEADER = "X-Request-Id";

	/** The name of the id in log lines. */
	public static final String LOG_KEY = "requestId";

	/** Takes the id from the context of a request to the log lines of a thread. */
	public static final Slf4jThreadLocalAccessor IN_LOG_LINES = new Slf4jThreadLocalAccessor(LOG_KEY);

	/** Nothing that could end a log line or open a tag. */
	private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	/** Random but no secret, and never waits for entropy. */
	private final IdGenerator ids = new AlternativeJdkIdGenerator();

	@Override
	public HttpHandler apply(HttpHandler server) {
		return (request, response) -> {
			String id = idFor(request);
			response.getHeaders().set(HEADER, id);
			return Mono.defer(() -> server.handle(request, response))
				.contextWrite(Context.of(Slf4jThreadLocalAccessor.KEY, Map.of(LOG_KEY, id)));
		};
	}

	private String idFor(ServerHttpRequest request) {
		String offered = request.getHeaders().getFirst(HEADER);
		return (offered != null && SANE.matcher(offered).matches()) ? offered : next();
	}

	/**
	 * @return an id for a request that came without one
	 */
	public String next() {
		return this.ids.generateId().toString();
	}

	/**
	 * @return the id of the request that is answered
	 */
	public static String of(ServerHttpResponse response) {
		return Objects.requireNonNull(response.getHeaders().getFirst(HEADER));
	}

}
