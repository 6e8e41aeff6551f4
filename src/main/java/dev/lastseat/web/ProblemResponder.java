package dev.lastseat.web;

import dev.lastseat.booking.OverloadedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers whatever went wrong, wherever in the server, with an RFC 9457 problem. Spring
 * Boot's own handler steps back when there is one of this type.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemResponder implements ErrorWebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemResponder.class);

	private final JsonMapper json;

	ProblemResponder(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(error);
		}
		ProblemException problem = Problems.of(error);
		// What a trace tells of the error. As it came, it notes the path.
		exchange.getAttributes().put(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION, problem);
		log(exchange, problem, error);
		response.setStatusCode(problem.code().status());
		response.getHeaders().putAll(problem.headers());
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return response.writeWith(Mono.fromSupplier(() -> encode(exchange, problem)));
	}

	private DataBuffer encode(ServerWebExchange exchange, ProblemException problem) {
		byte[] body = this.json.writeValueAsBytes(ProblemView.of(problem, exchange.getRequest().getPath().value(),
				RequestIds.of(exchange.getResponse())));
		exchange.getResponse().getHeaders().setContentLength(body.length);
		return exchange.getResponse().bufferFactory().wrap(body);
	}

	/**
	 * Paths hold user ids, which are nobody's business: only the kind of request is
	 * logged. Who is turned away from a lane is counted, and costs no line: there are
	 * thousands of them just when there is least time to write.
	 */
	private static void log(ServerWebExchange exchange, ProblemException problem, Throwable error) {
		if (problem.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("{} failed", exchange.getRequest().getMethod(), withoutPath(error));
		}
		else if (problem.code().retryable() && !(error instanceof OverloadedException)) {
			logger.warn("{} got {}: {}", exchange.getRequest().getMethod(), problem.code().code(),
					(error.getCause() != null) ? error.getCause().toString() : problem.detail());
		}
	}

	/**
	 * Spring notes the path in what it adds to the error on its way here, as a suppressed
	 * exception.
	 */
	private static Throwable withoutPath(Throwable error) {
		Throwable copy = new Throwable(error.toString(), error.getCause());
		copy.setStackTrace(error.getStackTrace());
		return copy;
	}

}
