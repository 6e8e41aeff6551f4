package dev.lastseat.web.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.timeout.WriteTimeoutHandler;

import org.springframework.http.MediaType;

/**
 * Limits the memory of a client that stops reading a stream. From the first stream of a
 * connection on, its send buffer is small, and the connection is closed when a write does
 * not complete within the write timeout.
 */
final class StreamWriteLimitHandler extends ChannelOutboundHandlerAdapter {

	/**
	 * The send buffer of the operating system for a connection, in bytes. Linux doubles
	 * this value; without it, Linux lets the buffer grow to megabytes. 64 KB are
	 * sufficient for the largest stream: a hundred events that change all the time are
	 * 200 KB a second, over a connection with a round-trip time of up to 250 ms.
	 */
	private static final int SEND_BUFFER = 64 * 1024;

	private final Duration writeTimeout;

	StreamWriteLimitHandler(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response && isStream(response)) {
			context.channel().config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
			context.pipeline()
				.replace(this, context.name(),
						new WriteTimeoutHandler(this.writeTimeout.toMillis(), TimeUnit.MILLISECONDS));
		}
		context.write(message, promise);
	}

	private static boolean isStream(HttpResponse response) {
		return MediaType.TEXT_EVENT_STREAM_VALUE.equals(response.headers().get(HttpHeaderNames.CONTENT_TYPE));
	}

}
