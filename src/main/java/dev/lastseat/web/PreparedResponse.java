package dev.lastseat.web;

import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A JSON response whose body is already encoded. It is written without the search for a
 * message writer.
 */
final class PreparedResponse implements ServerResponse {

	private final HttpStatus status;

	private final byte[] body;

	private final Consumer<HttpHeaders> headers;

	/**
	 * @param body a JSON document in UTF-8; never changed
	 * @param headers sets the other headers of the response
	 */
	PreparedResponse(HttpStatus status, byte[] body, Consumer<HttpHeaders> headers) {
		this.status = status;
		this.body = body;
		this.headers = headers;
	}

	/**
	 * @param body a JSON document in UTF-8; never changed
	 */
	static PreparedResponse ok(byte[] body) {
		return new PreparedResponse(HttpStatus.OK, body, (headers) -> {
		});
	}

	@Override
	public HttpStatusCode statusCode() {
		return this.status;
	}

	@Override
	public HttpHeaders headers() {
		HttpHeaders all = new HttpHeaders();
		setHeaders(all);
		return all;
	}

	private void setHeaders(HttpHeaders target) {
		target.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		target.setContentLength(this.body.length);
		this.headers.accept(target);
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(this.status);
		setHeaders(response.getHeaders());
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(this.body)));
	}

}
