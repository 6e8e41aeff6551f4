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
 * Passes the requests of a connection on one at a time. What a client sends before it has
 * the answer waits here, unread by the other handlers: answers come in the order of the
 * requests, and a request that cannot be read never gets between another and its answer.
 * <p>
 * While something waits, nothing more is read from the connection, which limits what
 * waits to one read.
 */
final class PipeliningHandler extends ChannelDuplexHandler {

	private static final Logger logger = LoggerFactory.getLogger(PipeliningHandler.class);

	private final Queue<Object> waiting = new ArrayDeque<>();

	/** Whether a complete request was passed on and is not answered. */
	private boolean underWay;

	private boolean readDelayed;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.underWay || !this.waiting.isEmpty()) {
			this.waiting.add(message);
		}
		else {
			pass(context, message);
		}
	}

	private void pass(ChannelHandlerContext context, Object message) {
		this.underWay = message instanceof LastHttpContent;
		context.fireChannelRead(message);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		this.readDelayed = !this.waiting.isEmpty();
		if (!this.readDelayed) {
			context.read();
		}
	}

	/**
	 * Passes the next request on when Reactor Netty has finished with the one before. It
	 * keeps a request that comes earlier, also when its answer was sent already, and
	 * never answers it if it is the last of its connection.
	 */
	static void observe(Connection connection, ConnectionObserver.State state) {
		ChannelHandlerContext context = connection.channel().pipeline().context(PipeliningHandler.class);
		if (state == ConnectionObserver.State.DISCONNECTING && context != null) {
			context.executor().execute(() -> ((PipeliningHandler) context.handler()).passNext(context));
		}
	}

	/** Like "100 Continue", which comes before the answer. */
	static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	private void passNext(ChannelHandlerContext context) {
		this.underWay = false;
		boolean passed = !this.waiting.isEmpty();
		while (!this.underWay && !this.waiting.isEmpty()) {
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
	 * Netty limits how many requests may wait for their answers, and reads none beyond.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		if (error instanceof DecoderException) {
			logger.info("Closed a connection that cannot be read: {}", error.getMessage());
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
