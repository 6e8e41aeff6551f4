package dev.lastseat.web.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Sends a response of unknown length to an HTTP/1.0 client without chunks, and closes the
 * connection at its end. HTTP/1.0 has no chunked transfer coding.
 */
final class Http10StreamHandler extends ChannelDuplexHandler {

	/** Whether the current request uses HTTP/1.0. */
	private boolean http10;

	private boolean untilClose;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.http10 && message instanceof HttpResponse response && HttpUtil.isTransferEncodingChunked(response)) {
			HttpUtil.setTransferEncodingChunked(response, false);
			HttpUtil.setKeepAlive(response, false);
			this.untilClose = true;
		}
		if (this.untilClose && message instanceof LastHttpContent) {
			context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
		}
		else {
			context.write(message, promise);
		}
	}

}
