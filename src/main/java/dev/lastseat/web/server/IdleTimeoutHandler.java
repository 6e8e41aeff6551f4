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

	/**
	 * The end of the current idle time, in nanoseconds; only while the connection is
	 * idle.
	 */
	private long deadline;

	/**
	 * The pending check. It is not cancelled by a request: a check that finds a later
	 * deadline schedules the next one. So a request costs no timer.
	 */
	private @Nullable Future<?> check;

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
		if (this.check != null) {
			this.check.cancel(false);
		}
		context.fireChannelInactive();
	}

	private void startTimeout(ChannelHandlerContext context) {
		if (this.inProgress <= 0) {
			this.deadline = now(context) + this.timeout.toNanos();
			if (this.check == null) {
				checkAt(context, this.timeout.toNanos());
			}
		}
	}

	private void checkAt(ChannelHandlerContext context, long delay) {
		this.check = context.executor().schedule(() -> check(context), delay, TimeUnit.NANOSECONDS);
	}

	private void check(ChannelHandlerContext context) {
		this.check = null;
		long remaining = this.deadline - now(context);
		if (this.inProgress > 0) {
			return;
		}
		if (remaining <= 0) {
			context.close();
		}
		else {
			checkAt(context, remaining);
		}
	}

	private static long now(ChannelHandlerContext context) {
		return context.executor().ticker().nanoTime();
	}

}
