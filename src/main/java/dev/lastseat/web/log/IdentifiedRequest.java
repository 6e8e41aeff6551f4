package dev.lastseat.web.log;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.MultiValueMap;

/**
 * A request whose id is the request id, so Spring's log lines start with it. Otherwise
 * they start with the id of the connection.
 * <p>
 * It extends the base class of requests and not the decorator, because its attributes are
 * then those of the exchange.
 */
final class IdentifiedRequest extends AbstractServerHttpRequest {

	private final ServerHttpRequest request;

	private final String requestId;

	IdentifiedRequest(ServerHttpRequest request, String requestId) {
		super(request.getMethod(), request.getURI(), null, request.getHeaders());
		this.request = request;
		this.requestId = requestId;
	}

	@Override
	protected String initId() {
		return this.requestId;
	}

	/**
	 * Parsed once.
	 */
	@Override
	public RequestPath getPath() {
		return this.request.getPath();
	}

	@Override
	protected MultiValueMap<String, HttpCookie> initCookies() {
		return this.request.getCookies();
	}

	@Override
	protected @Nullable SslInfo initSslInfo() {
		return this.request.getSslInfo();
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.request.getLocalAddress();
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.request.getRemoteAddress();
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return this.request.getBody();
	}

	@Override
	public <T> T getNativeRequest() {
		return ServerHttpRequestDecorator.getNativeRequest(this.request);
	}

}
