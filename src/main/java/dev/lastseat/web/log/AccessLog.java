package dev.lastseat.web.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;

/**
 * The access log: one line for a request, with its method, the pattern of its route, its
 * status and, of a problem, its code. Never the path, which has ids of users in it.
 */
public final class AccessLog {

	/** The name of the logger, for an operator who wants these lines elsewhere. */
	static final String NAME = "dev.lastseat.access";

	/** Instead of a pattern where no route matches. */
	public static final String NO_ROUTE = "-";

	/** The attribute with the time at which a request began, in nanoseconds. */
	private static final String BEGIN = AccessLog.class.getName() + ".begin";

	private static final Logger logger = LoggerFactory.getLogger(NAME);

	private final LoggedRequests requests;

	public AccessLog(LoggedRequests requests) {
		this.requests = requests;
	}

	/**
	 * Writes the lines on another thread than the requests', unless the configuration of
	 * the log gives these lines an appender.
	 */
	public static AccessLog install(LoggedRequests requests) {
		AccessLogAppender.install();
		return new AccessLog(requests);
	}

	/**
	 * @return the pattern of the route, {@code -} when none is known
	 */
	public static String route(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
		if (pattern == null) {
			pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		}
		return (pattern != null) ? pattern.toString() : NO_ROUTE;
	}

	/**
	 * Notes the time, where durations are logged.
	 */
	void begin(ServerWebExchange exchange) {
		exchange.getAttributes().put(BEGIN, System.nanoTime());
	}

	/**
	 * To be called once for each problem that is written.
	 */
	public void problem(ServerWebExchange exchange, HttpStatus status, String code) {
		if (this.requests != LoggedRequests.OFF) {
			write(exchange, status, code);
		}
	}

	/**
	 * To be called at the end of each request, where all are logged. A problem has its
	 * line by then, or gets it when the error arrives where it is answered.
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
			String id = RequestIds.of(exchange.getResponse());
			String present = MDC.get(RequestIds.LOG_KEY);
			MDC.put(RequestIds.LOG_KEY, id);
			logger.info(line(exchange, status, code));
			restore(present);
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
		Long begin = exchange.getAttribute(BEGIN);
		if (begin != null) {
			line.append(' ').append((System.nanoTime() - begin) / 1_000_000).append(" ms");
		}
		return line.toString();
	}

	private static void restore(@Nullable String id) {
		if (id != null) {
			MDC.put(RequestIds.LOG_KEY, id);
		}
		else {
			MDC.remove(RequestIds.LOG_KEY);
		}
	}

	/** Writes what is left, while there still is a log. */
	public void close() {
		AccessLogAppender.flush();
	}

}
