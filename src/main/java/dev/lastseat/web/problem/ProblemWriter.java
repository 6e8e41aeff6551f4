package dev.lastseat.web.problem;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.web.log.AccessLog;
import dev.lastseat.web.log.RequestIds;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;

/**
 * Writes problems as responses, and a line of the access log for each.
 */
public final class ProblemWriter {

	private final JsonMapper json;

	private final AccessLog log;

	private final Map<ProblemException, ProblemTemplate> templates = new ConcurrentHashMap<>();

	public ProblemWriter(JsonMapper json, AccessLog log) {
		this.json = json;
		this.log = log;
	}

	public Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
		this.log.problem(exchange, problem.code().status(), problem.code().code());
		// The error that traces record. The original error contains the path.
		exchange.getAttributes().put(ExceptionHandlingWebHandler.HANDLED_WEB_EXCEPTION, problem);
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(problem.code().status());
		response.getHeaders().putAll(problem.headers());
		response.getHeaders().set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		return response.writeWith(Mono.fromSupplier(() -> encode(exchange, problem)));
	}

	private DataBuffer encode(ServerWebExchange exchange, ProblemException problem) {
		byte[] body = encode(problem, exchange.getRequest().getPath().value(), RequestIds.of(exchange.getResponse()));
		exchange.getResponse().getHeaders().setContentLength(body.length);
		return exchange.getResponse().bufferFactory().wrap(body);
	}

	private byte[] encode(ProblemException problem, String instance, String requestId) {
		ProblemException template = problem.template();
		return (template != null)
				? this.templates.computeIfAbsent(template, (constant) -> ProblemTemplate.of(constant, this.json))
					.encode(instance, requestId, problem.members())
				: this.json.writeValueAsBytes(ProblemView.of(problem, instance, requestId));
	}

}
