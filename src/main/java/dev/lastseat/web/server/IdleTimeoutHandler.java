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
 * Closes a connection that has no request in progress and receives no new one within the
 * timeout. Only the complete head of a request stops the timeout; single bytes of a head
 * do not.
 */
final class IdleTimeoutHandler extends ChannelDuplexHandler {

	private final Duration timeout;

	/**
	 * The number of requests that were read and not answered yet. It can exceed 1,
	 * because clients may pipeline.
	 */
	private int inProgress;

	private @Nullable Future<?> closing;

	IdleTimeoutHandler(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		startTimeout(context);
		context.fireChannelActive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.inProgress++;
			cancelTimeout();
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof LastHttpContent && !PipeliningHandler.isInterim(message)) {
			this.inProgress--;
			startTimeout(context);
		}
		context.write(message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		cancelTimeout();
		context.fireChannelInactive();
	}

	private void startTimeout(ChannelHandlerContext context) {
		cancelTimeout();
		if (this.inProgress <= 0) {
			this.closing = context.executor()
				.schedule((Runnable) context::close, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void cancelTimeout() {
		if (this.closing != null) {
			this.closing.cancel(false);
			this.closing = null;
		}
	}

}
