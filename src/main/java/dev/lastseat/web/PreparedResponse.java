package dev.lastseat.web;

import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A JSON response whose body is already encoded.
 */
final class PreparedResponse extends DirectResponse {

	private final byte[] body;

	private final Consumer<HttpHeaders> headers;

	/**
	 * @param body a JSON document in UTF-8; never changed
	 * @param headers sets the other headers of the response
	 */
	PreparedResponse(HttpStatus status, byte[] body, Consumer<HttpHeaders> headers) {
		super(status);
		this.body = body;
		this.headers = headers;
	}

	/**
	 * @param body a JSON document in UTF-8; never changed
	 */
	static PreparedResponse ok(byte[] body) {
		return of(HttpStatus.OK, body);
	}

	/**
	 * @param body a JSON document in UTF-8; never changed
	 */
	static PreparedResponse of(HttpStatus status, byte[] body) {
		return new PreparedResponse(status, body, (headers) -> {
		});
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(statusCode());
		HttpHeaders all = response.getHeaders();
		all.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		all.setContentLength(this.body.length);
		this.headers.accept(all);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(this.body)));
	}

}
