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
 * Bounds what the reader of a stream costs who does not read. From the beginning of the
 * first stream on, the connection buffers little, and is closed when that stays full.
 */
final class StreamWriteLimitHandler extends ChannelOutboundHandlerAdapter {

	/**
	 * Bytes that the operating system keeps for a connection; Linux takes it twice, and
	 * would go up to megabytes by itself. A hundred events that all change all the time
	 * are 200 KB a second: enough for them as far as a quarter of a second away.
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
