package dev.lastseat.web.server;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;

/**
 * Passes the requests of a connection on one at a time. Pipelined requests wait here
 * until the request before them is answered. So the responses keep the order of the
 * requests, and the error response to a malformed request is never sent before the
 * response to an earlier request.
 * <p>
 * While requests wait, the connection is not read. This limits the waiting data to the
 * data of one read.
 */
final class PipeliningHandler extends ChannelDuplexHandler {

	private static final Logger logger = LoggerFactory.getLogger(PipeliningHandler.class);

	/** Small, because most connections never have a waiting request. */
	private final Queue<Object> waiting = new ArrayDeque<>(1);

	/** Whether a complete request was passed on and is not answered yet. */
	private boolean inProgress;

	private boolean readDelayed;

	/** Whether more messages of the present read can follow. */
	private boolean reading;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.reading = true;
		if (this.inProgress || !this.waiting.isEmpty()) {
			this.waiting.add(message);
		}
		else {
			pass(context, message);
		}
	}

	private void pass(ChannelHandlerContext context, Object message) {
		this.inProgress = message instanceof LastHttpContent;
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.reading = false;
		context.fireChannelReadComplete();
	}

	@Override
	public void read(ChannelHandlerContext context) {
		this.readDelayed = !this.waiting.isEmpty();
		if (!this.readDelayed) {
			context.read();
		}
	}

	/**
	 * Passes the next request on when Reactor Netty has finished the previous one.
	 * Reactor Netty queues a request that arrives earlier, even when the previous
	 * response is already sent, and never answers it if it is the last one of its
	 * connection.
	 */
	static void observe(Connection connection, ConnectionObserver.State state) {
		ChannelHandlerContext context = connection.channel().pipeline().context(PipeliningHandler.class);
		if (state == ConnectionObserver.State.DISCONNECTING && context != null) {
			((PipeliningHandler) context.handler()).finished(context);
		}
	}

	/**
	 * Whether the message is an interim response like "100 Continue", which precedes the
	 * final response.
	 */
	static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	/**
	 * Reactor Netty has finished a request when the present task of the event loop ends.
	 * If no request waits and none can arrive before, no task is needed.
	 */
	private void finished(ChannelHandlerContext context) {
		if (this.reading || !this.waiting.isEmpty()) {
			context.executor().execute(() -> passNext(context));
		}
		else {
			this.inProgress = false;
		}
	}

	private void passNext(ChannelHandlerContext context) {
		this.inProgress = false;
		boolean passed = !this.waiting.isEmpty();
		while (!this.inProgress && !this.waiting.isEmpty()) {
			pass(context, this.waiting.remove());
		}
		if (passed) {
			context.fireChannelReadComplete();
		}
		if (this.readDelayed && this.waiting.isEmpty()) {
			this.readDelayed = false;
			context.read();
		}
	}

	/**
	 * Netty limits the number of requests that wait for responses, and fails with a
	 * {@link DecoderException} beyond this limit.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		if (error instanceof DecoderException) {
			logger.info("Closed a connection with a decoding error: {}", error.getMessage());
			context.close();
		}
		else {
			context.fireExceptionCaught(error);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.waiting.forEach(ReferenceCountUtil::release);
		this.waiting.clear();
	}

}
