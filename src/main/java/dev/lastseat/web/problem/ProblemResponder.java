package dev.lastseat.web.problem;

import java.util.List;
import java.util.function.Supplier;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.RequestIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers every error of the server with an RFC 9457 problem. It replaces the error
 * handler of Spring Boot, which is only created when no bean of this type exists.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemResponder implements ErrorWebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemResponder.class);

	private final ProblemWriter writer;

	private final RouteFinder routes;

	private final RetrySafety retrySafety;

	/**
	 * @param mappings all handler mappings, in their order
	 * @param idempotentPost the pattern of the path whose {@code POST} is safe to repeat
	 */
	public ProblemResponder(ProblemWriter writer, Supplier<List<HandlerMapping>> mappings, String idempotentPost) {
		this.writer = writer;
		this.routes = new RouteFinder(mappings);
		this.retrySafety = new RetrySafety(idempotentPost);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(error);
		}
		ProblemException problem = this.retrySafety.apply(exchange.getRequest(), Problems.of(error));
		return findRoute(exchange, problem).then(Mono.defer(() -> {
			RequestIds.log(RequestIds.of(exchange.getResponse()), () -> log(exchange, problem, error));
			return this.writer.write(exchange, problem);
		}));
	}

	private Mono<Void> findRoute(ServerWebExchange exchange, ProblemException problem) {
		boolean wasRouted = problem.code() == ProblemCode.NOT_FOUND
				|| !AccessLog.route(exchange).equals(AccessLog.NO_ROUTE);
		return wasRouted ? Mono.empty() : this.routes.find(exchange);
	}

	/**
	 * Logs the cause of an error of the service or the storage, in addition to the line
	 * of the access log. Rejections by a limit are not logged here: they have no other
	 * cause, and there can be thousands a second.
	 */
	private static void log(ServerWebExchange exchange, ProblemException problem, Throwable error) {
		if (problem.code() == ProblemCode.INTERNAL_ERROR) {
			logger.error("{} {} failed", exchange.getRequest().getMethod(), AccessLog.route(exchange),
					withoutPath(error));
		}
		else if (problem.code().status() == HttpStatus.SERVICE_UNAVAILABLE && !(error instanceof OverloadedException)) {
			logger.warn("{} {} got {}: {}", exchange.getRequest().getMethod(), AccessLog.route(exchange),
					problem.code().code(), (error.getCause() != null) ? error.getCause().toString() : problem.detail());
		}
	}

	/**
	 * Copies the error without its suppressed exceptions. Spring adds one that contains
	 * the path, which can contain user ids.
	 */
	private static Throwable withoutPath(Throwable error) {
		Throwable copy = new Throwable(error.toString(), error.getCause());
		copy.setStackTrace(error.getStackTrace());
		return copy;
	}

}
