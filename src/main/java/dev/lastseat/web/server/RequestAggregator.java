package dev.lastseat.web.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request completely before it is passed on. A request that is incomplete,
 * malformed, too large or too slow is rejected here. It never reaches a route, so it
 * writes nothing.
 * <p>
 * After a rejection the connection is closed, because the start of the next request
 * cannot be found. For the time of the read timeout, further data is read and dropped:
 * closing a connection with unread data resets it, and the client can lose the response.
 */
final class RequestAggregator extends HttpObjectAggregator {

	private static final Violation BAD_BODY = new Violation("body", "must be well-formed chunks");

	private final Duration readTimeout;

	private final NettyProblemWriter problems;

	/** The head of the request that is being read; null when it cannot be parsed. */
	private @Nullable HttpRequest head;

	private @Nullable Future<?> timeout;

	private boolean incomplete;

	private boolean rejected;

	/**
	 * @param maxBody the maximum size of a body, in bytes
	 * @param readTimeout the maximum time until a body has arrived
	 */
	RequestAggregator(int maxBody, Duration readTimeout, NettyProblemWriter problems) {
		super(maxBody, true);
		this.readTimeout = readTimeout;
		this.problems = problems;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		Violation violation = null;
		if (!this.rejected && message instanceof HttpRequest request) {
			this.head = request.decoderResult().isSuccess() ? request : null;
			this.incomplete = true;
			violation = RequestHeadValidator.check(request);
		}
		if (violation != null) {
			reject(context, violation);
		}
		if (this.rejected) {
			ReferenceCountUtil.release(message);
		}
		else {
			super.channelRead(context, message);
		}
	}

	/**
	 * Splits the complete request into a head and a body again, because Reactor Netty
	 * expects them as separate messages.
	 */
	@Override
	protected void decode(ChannelHandlerContext context, HttpObject message, List<Object> out) throws Exception {
		super.decode(context, message, out);
		if (this.rejected) {
			out.forEach(ReferenceCountUtil::release);
			out.clear();
		}
		else if (!out.isEmpty()) {
			split((FullHttpRequest) out.remove(0), context, out);
		}
	}

	private void split(FullHttpRequest full, ChannelHandlerContext context, List<Object> out) {
		endRequest();
		if (full.decoderResult().isFailure()) {
			full.release();
			reject(context, BAD_BODY);
		}
		else {
			out.add(new DefaultHttpRequest(full.protocolVersion(), full.method(), full.uri(), full.headers()));
			out.add(body(full));
		}
	}

	private static LastHttpContent body(FullHttpRequest full) {
		if (full.content().isReadable()) {
			return new DefaultLastHttpContent(full.content(), full.trailingHeaders());
		}
		full.release();
		return LastHttpContent.EMPTY_LAST_CONTENT;
	}

	/**
	 * Does not send "100 Continue" for a body whose announced length is too large, so
	 * that it is rejected immediately.
	 */
	@Override
	protected @Nullable Object newContinueResponse(HttpMessage request, int maxBody, ChannelPipeline pipeline) {
		return isContentLengthInvalid(request, maxBody) ? null : super.newContinueResponse(request, maxBody, pipeline);
	}

	@Override
	protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage request) {
		reject(context, Problems.tooLarge());
	}

	private void reject(ChannelHandlerContext context, Violation violation) {
		reject(context, ProblemException.invalid(violation));
	}

	private void reject(ChannelHandlerContext context, ProblemException problem) {
		endRequest();
		this.rejected = true;
		context.writeAndFlush(this.problems.create(context.channel(), this.head, problem))
			.addListener((ChannelFutureListener) (written) -> close(written.channel()));
	}

	private void close(Channel channel) {
		if (channel instanceof DuplexChannel plain && channel.pipeline().get(SslHandler.class) == null) {
			plain.shutdownOutput();
			channel.eventLoop().schedule((Runnable) channel::close, this.readTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		else {
			channel.close();
		}
	}

	private void endRequest() {
		this.incomplete = false;
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
	}

	/**
	 * Starts the timeout only for a request that needs more than one read.
	 */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		if (this.incomplete && this.timeout == null) {
			this.timeout = context.executor()
				.schedule(() -> reject(context, Problems.bodyTimedOut()), this.readTimeout.toMillis(),
						TimeUnit.MILLISECONDS);
		}
		super.channelReadComplete(context);
		if (this.rejected && !context.channel().config().isAutoRead()) {
			context.read();
		}
	}

	/**
	 * Ignores the incomplete request of a client that disconnects: it is not an error and
	 * is not logged.
	 */
	@Override
	public void channelInactive(ChannelHandlerContext context) {
		endRequest();
		releaseCurrentMessage();
		context.fireChannelInactive();
	}

}
