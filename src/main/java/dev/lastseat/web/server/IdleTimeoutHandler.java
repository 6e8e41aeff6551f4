package dev.lastseat.web.server;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has no request under way and brings none in time. What counts
 * is the complete head of a request: single bytes of it buy no time.
 */
final class IdleTimeoutHandler extends ChannelDuplexHandler {

	private final Duration timeout;

	/** Requests that were read and are not answered yet, since clients may pipeline. */
	private int underWay;

	private @Nullable Future<?> closing;

	IdleTimeoutHandler(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		arm(context);
		context.fireChannelActive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.underWay++;
			disarm();
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof LastHttpContent && !PipeliningHandler.isInterim(message)) {
			this.underWay--;
			arm(context);
		}
		context.write(message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		disarm();
		context.fireChannelInactive();
	}

	private void arm(ChannelHandlerContext context) {
		disarm();
		if (this.underWay <= 0) {
			this.closing = context.executor()
				.schedule((Runnable) context::close, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void disarm() {
		if (this.closing != null) {
			this.closing.cancel(false);
			this.closing = null;
		}
	}

}
