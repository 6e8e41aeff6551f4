package dev.lastseat.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A response that writes itself, without the search for a message writer. It sets its
 * headers when it is written.
 */
abstract class DirectResponse implements ServerResponse {

	private final HttpStatus status;

	DirectResponse(HttpStatus status) {
		this.status = status;
	}

	@Override
	public final HttpStatusCode statusCode() {
		return this.status;
	}

	@Override
	public final HttpHeaders headers() {
		return HttpHeaders.EMPTY;
	}

	@Override
	public final MultiValueMap<String, ResponseCookie> cookies() {
		return new LinkedMultiValueMap<>();
	}

}
