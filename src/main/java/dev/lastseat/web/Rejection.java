package dev.lastseat.web;

import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemWriter;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * The response to a request that is answered with a problem.
 */
final class Rejection extends DirectResponse {

	private final ProblemException problem;

	private final ProblemWriter writer;

	Rejection(ProblemException problem, ProblemWriter writer) {
		super(problem.code().status());
		this.problem = problem;
		this.writer = writer;
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
		return this.writer.write(exchange, this.problem);
	}

}
