package dev.lastseat.web.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;

/**
 * The access log. A line has the method, the pattern of the route, the status, and the
 * code of a problem. It never has the path, because paths contain user ids.
 */
public final class AccessLog {

	/** The name of the logger, with which an operator can send these lines elsewhere. */
	static final String NAME = "dev.lastseat.access";

	/** Stands in a line for the pattern when no route matches. */
	public static final String NO_ROUTE = "-";

	/** The exchange attribute with the start time of the request, in nanoseconds. */
	private static final String START = AccessLog.class.getName() + ".begin";

	private static final Logger logger = LoggerFactory.getLogger(NAME);

	private final LoggedRequests requests;

	public AccessLog(LoggedRequests requests) {
		this.requests = requests;
	}

	/**
	 * Creates the access log. Its lines are written by another thread than that of the
	 * request, unless the configuration of Logback gives this logger an appender.
	 */
	public static AccessLog install(LoggedRequests requests) {
		AccessLogAppender.install();
		return new AccessLog(requests);
	}

	/**
	 * @return the pattern of the route; {@code -} when it is unknown
	 */
	public static String route(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
		if (pattern == null) {
			pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		}
		return (pattern != null) ? pattern.toString() : NO_ROUTE;
	}

	/**
	 * Remembers the start time of the request, so that its line has a duration.
	 */
	void begin(ServerWebExchange exchange) {
		exchange.getAttributes().put(START, System.nanoTime());
	}

	/**
	 * Must be called once for each problem that is written.
	 */
	public void problem(ServerWebExchange exchange, HttpStatus status, String code) {
		if (this.requests != LoggedRequests.OFF) {
			write(exchange, status, code);
		}
	}

	/**
	 * Must be called at the end of each request, when all requests are logged. Writes no
	 * line for a problem: its line is already written, or is written when the error
	 * reaches the {@code ProblemResponder}.
	 */
	void end(ServerWebExchange exchange, SignalType end) {
		boolean problem = exchange.getAttribute(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION) != null
				|| (end == SignalType.ON_ERROR && !exchange.getResponse().isCommitted());
		if (!problem) {
			write(exchange, exchange.getResponse().getStatusCode(),
					(end == SignalType.ON_COMPLETE) ? "" : "connection-closed");
		}
	}

	private static void write(ServerWebExchange exchange, @Nullable HttpStatusCode status, String code) {
		if (logger.isInfoEnabled()) {
			RequestIds.log(RequestIds.of(exchange.getResponse()), () -> logger.info(line(exchange, status, code)));
		}
	}

	private static String line(ServerWebExchange exchange, @Nullable HttpStatusCode status, String code) {
		StringBuilder line = new StringBuilder().append(exchange.getRequest().getMethod())
			.append(' ')
			.append(route(exchange))
			.append(' ')
			.append((status != null) ? String.valueOf(status.value()) : "-");
		if (!code.isEmpty()) {
			line.append(' ').append(code);
		}
		Long begin = exchange.getAttribute(START);
		if (begin != null) {
			line.append(' ').append((System.nanoTime() - begin) / 1_000_000).append(" ms");
		}
		return line.toString();
	}

	/** Writes the remaining lines before the log is stopped. */
	public void close() {
		AccessLogAppender.flush();
	}

}
