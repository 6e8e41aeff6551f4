package dev.lastseat.web.metrics;

import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.problem.ProblemException;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The tags of the timer of a request, as Spring's observation sets them.
 *
 * @param status 0 if the client disconnected before there was one
 * @param aborted whether the client disconnected before the end
 */
record RequestTags(String method, String uri, int status, boolean aborted, String exception, String error) {

	static final String UNKNOWN = "UNKNOWN";

	private static final String NONE = "none";

	/**
	 * @param unhandled the error of the filters, if there is one
	 * @param cancelled whether the request was cancelled because the client disconnected
	 */
	static RequestTags of(ServerWebExchange exchange, String method, @Nullable Throwable unhandled, boolean cancelled) {
		ServerHttpResponse response = exchange.getResponse();
		Throwable handled = exchange.getAttribute(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION);
		Throwable error = cancelled ? null : (handled != null) ? handled : unhandled;
		boolean aborted = cancelled || isDisconnect(error);
		HttpStatusCode status = response.getStatusCode();
		int value = (status != null && (!aborted || response.isCommitted())) ? status.value() : 0;
		return new RequestTags(method, uri(exchange, status), value, aborted, exception(error), simpleName(error));
	}

	private static boolean isDisconnect(@Nullable Throwable error) {
		// A problem has no cause, so looking for the cause would be in vain.
		return error != null && !(error instanceof ProblemException)
				&& DisconnectedClientHelper.isClientDisconnectedException(error);
	}

	private static String uri(ServerWebExchange exchange, @Nullable HttpStatusCode status) {
		String route = AccessLog.route(exchange);
		if (!route.equals(AccessLog.NO_ROUTE)) {
			return route.isEmpty() ? "root" : route;
		}
		if (status != null && status.is3xxRedirection()) {
			return "REDIRECTION";
		}
		return (status != null && status.isSameCodeAs(HttpStatus.NOT_FOUND)) ? "NOT_FOUND" : UNKNOWN;
	}

	/**
	 * Identifies a problem by its code, because all problems have the same class.
	 */
	private static String exception(@Nullable Throwable error) {
		return (error instanceof ProblemException problem) ? problem.code().code() : simpleName(error);
	}

	private static String simpleName(@Nullable Throwable error) {
		if (error == null) {
			return NONE;
		}
		String name = error.getClass().getSimpleName();
		return StringUtils.hasText(name) ? name : error.getClass().getName();
	}

	/**
	 * @return the tags of an active request: Spring sets them before a response exists
	 */
	static Tags ofActive(String method) {
		return tags(NONE, method, "SUCCESS", "200", UNKNOWN);
	}

	Tags toTags() {
		return tags(this.exception, this.method, outcome(), (this.status > 0) ? String.valueOf(this.status) : UNKNOWN,
				this.uri)
			.and("error", this.error);
	}

	private String outcome() {
		HttpStatus.Series series = HttpStatus.Series.resolve(this.status);
		if (this.aborted || series == null) {
			return UNKNOWN;
		}
		return (series == HttpStatus.Series.SUCCESSFUL) ? "SUCCESS" : series.name();
	}

	private static Tags tags(String exception, String method, String outcome, String status, String uri) {
		return Tags.of("exception", exception, "method", method, "outcome", outcome, "status", status, "uri", uri);
	}

}
