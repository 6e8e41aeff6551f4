package dev.lastseat.web;

import dev.lastseat.booking.OverloadedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers whatever went wrong, wherever in the server, with an RFC 9457 problem. Spring
 * Boot's own handler steps back when there is one of this type.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemResponder implements ErrorWebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemResponder.class);

	private final ProblemWriter writer;

	ProblemResponder(ProblemWriter writer) {
		this.writer = writer;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(error);
		}
		ProblemException problem = Repetition.judge(exchange.getRequest(), Problems.of(error));
		log(exchange, problem, error);
		return this.writer.write(exchange, problem);
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
