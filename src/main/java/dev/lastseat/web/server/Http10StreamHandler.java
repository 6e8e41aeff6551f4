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
 * Sends an answer of unknown length to a client of HTTP/1.0 as it is, until the
 * connection is closed: HTTP/1.0 knows no chunks.
 */
final class Http10StreamHandler extends ChannelDuplexHandler {

	/** Whether the request under way is of HTTP/1.0. */
	private boolean old;

	private boolean untilClose;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.old && message instanceof HttpResponse response && HttpUtil.isTransferEncodingChunked(response)) {
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
