package dev.lastseat.web.server;

import java.time.Clock;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Adds the date and the security headers to each response, and a policy and a caching
 * header to each response that has none of its own. By the date a client that counts down
 * to the opening of a sale knows the clock of the service. A handler of Netty costs less
 * than web filters. A rejection of a request that cannot be read has none of these
 * headers.
 */
public final class DefaultHeaders implements NettyServerCustomizer {

	private static final String NAME = "lastseat.defaultHeaders";

	private final Handler handler;

	public DefaultHeaders(Clock clock) {
		this.handler = new Handler(new HttpDate(clock));
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.childObserve(this::observe);
	}

	/**
	 * Adds the handler when a connection, or a stream of HTTP/2, has its first request.
	 * Before, the version of HTTP is not known.
	 */
	private void observe(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONFIGURED) {
			addTo(connection.channel().pipeline());
		}
	}

	private void addTo(ChannelPipeline pipeline) {
		if (pipeline.get(NAME) == null && pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, this.handler);
		}
	}

	/**
	 * All connections share it.
	 */
	@ChannelHandler.Sharable
	static final class Handler extends ChannelOutboundHandlerAdapter {

		/** For responses without a caching header of their own. */
		private static final AsciiString NOT_STORED = AsciiString.cached("no-store");

		/** For responses that load nothing. The web page sets a policy of its own. */
		private static final AsciiString NO_CONTENT_POLICY = AsciiString
			.cached("default-src 'none'; frame-ancestors 'none'");

		private static final HttpHeaders SECURITY = DefaultHttpHeadersFactory.headersFactory()
			.newHeaders()
			.set(HttpHeaderNames.X_FRAME_OPTIONS, AsciiString.cached("DENY"))
			.set(AsciiString.cached("x-content-type-options"), AsciiString.cached("nosniff"))
			.set(AsciiString.cached("referrer-policy"), AsciiString.cached("no-referrer"));

		private final HttpDate date;

		Handler(HttpDate date) {
			this.date = date;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof HttpResponse response && !PipeliningHandler.isInterim(response)) {
				complete(response.headers());
			}
			context.write(message, promise);
		}

		private void complete(HttpHeaders headers) {
			headers.set(HttpHeaderNames.DATE, this.date.now());
			headers.add(SECURITY);
			if (!headers.contains(HttpHeaderNames.CONTENT_SECURITY_POLICY)) {
				headers.add(HttpHeaderNames.CONTENT_SECURITY_POLICY, NO_CONTENT_POLICY);
			}
			if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
				headers.add(HttpHeaderNames.CACHE_CONTROL, NOT_STORED);
			}
		}

	}

}
