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
 * Reads a request to its end before anything is done for it. A request that breaks off,
 * is malformed, too large or too slow is refused here, and no route ever sees it: its
 * write is not sent.
 * <p>
 * After a refusal the connection is closed, since its next request cannot be found. What
 * the client sends meanwhile is read and dropped for a moment: a connection that is
 * closed with unread data is reset, and the client loses the answer.
 */
final class RequestAggregator extends HttpObjectAggregator {

	private static final Violation BAD_BODY = new Violation("body", "must be well-formed chunks");

	private final Duration readTimeout;

	private final NettyProblemWriter problems;

	/** Of the request that is being read; null when it is no head. */
	private @Nullable HttpRequest head;

	private @Nullable Future<?> deadline;

	private boolean incomplete;

	private boolean refused;

	/**
	 * @param maxBody bytes of a body at most
	 * @param readTimeout the longest that a body may take to arrive
	 */
	RequestAggregator(int maxBody, Duration readTimeout, NettyProblemWriter problems) {
		super(maxBody, true);
		this.readTimeout = readTimeout;
		this.problems = problems;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		Violation broken = null;
		if (!this.refused && message instanceof HttpRequest request) {
			this.head = request.decoderResult().isSuccess() ? request : null;
			this.incomplete = true;
			broken = RequestHeadValidator.check(request);
		}
		if (broken != null) {
			refuse(context, broken);
		}
		if (this.refused) {
			ReferenceCountUtil.release(message);
		}
		else {
			super.channelRead(context, message);
		}
	}

	/**
	 * Takes the place of the whole request that was just read: the server behind knows
	 * requests only as a head and a body.
	 */
	@Override
	protected void decode(ChannelHandlerContext context, HttpObject message, List<Object> out) throws Exception {
		super.decode(context, message, out);
		if (this.refused) {
			out.forEach(ReferenceCountUtil::release);
			out.clear();
		}
		else if (!out.isEmpty()) {
			replace((FullHttpRequest) out.remove(0), context, out);
		}
	}

	private void replace(FullHttpRequest whole, ChannelHandlerContext context, List<Object> out) {
		complete();
		if (whole.decoderResult().isFailure()) {
			whole.release();
			refuse(context, BAD_BODY);
		}
		else {
			out.add(new DefaultHttpRequest(whole.protocolVersion(), whole.method(), whole.uri(), whole.headers()));
			out.add(body(whole));
		}
	}

	private static LastHttpContent body(FullHttpRequest whole) {
		if (whole.content().isReadable()) {
			return new DefaultLastHttpContent(whole.content(), whole.trailingHeaders());
		}
		whole.release();
		return LastHttpContent.EMPTY_LAST_CONTENT;
	}

	/**
	 * A body that is announced as too large is refused at once, and not waited for.
	 */
	@Override
	protected @Nullable Object newContinueResponse(HttpMessage request, int maxBody, ChannelPipeline pipeline) {
		return isContentLengthInvalid(request, maxBody) ? null : super.newContinueResponse(request, maxBody, pipeline);
	}

	@Override
	protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage request) {
		refuse(context, Problems.tooLarge());
	}

	private void refuse(ChannelHandlerContext context, Violation broken) {
		refuse(context, ProblemException.invalid(broken));
	}

	private void refuse(ChannelHandlerContext context, ProblemException problem) {
		complete();
		this.refused = true;
		context.writeAndFlush(this.problems.write(context.channel(), this.head, problem))
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

	private void complete() {
		this.incomplete = false;
		if (this.deadline != null) {
			this.deadline.cancel(false);
			this.deadline = null;
		}
	}

	/**
	 * Only a request that takes more than one read needs a deadline.
	 */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		if (this.incomplete && this.deadline == null) {
			this.deadline = context.executor()
				.schedule(() -> refuse(context, Problems.bodyTimedOut()), this.readTimeout.toMillis(),
						TimeUnit.MILLISECONDS);
		}
		super.channelReadComplete(context);
		if (this.refused && !context.channel().config().isAutoRead()) {
			context.read();
		}
	}

	/**
	 * A client that goes away within its request is no fault, and worth no line in the
	 * log.
	 */
	@Override
	public void channelInactive(ChannelHandlerContext context) {
		complete();
		releaseCurrentMessage();
		context.fireChannelInactive();
	}

}
