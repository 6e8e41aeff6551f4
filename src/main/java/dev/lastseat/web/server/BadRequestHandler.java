package dev.lastseat.web.server;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Replaces the plain error response that Reactor Netty sends when it cannot build a
 * request from what it has read, for example when the URI is invalid, with a problem.
 * Such a request never reaches the routes. Its response is recognized by its missing
 * request id.
 */
final class BadRequestHandler extends ChannelOutboundHandlerAdapter {

	private final NettyProblemWriter problems;

	BadRequestHandler(NettyProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof FullHttpResponse plain && isErrorOfServer(plain)) {
			plain.release();
			ProblemException problem = ProblemException.invalid(new Violation("request", "must be HTTP"));
			context.write(this.problems.write(context.channel(), null, problem), promise.unvoid())
				.addListener(ChannelFutureListener.CLOSE);
		}
		else {
			context.write(message, promise);
		}
	}

	private static boolean isErrorOfServer(FullHttpResponse response) {
		return response.status().codeClass() == HttpStatusClass.CLIENT_ERROR
				&& !response.headers().contains(RequestIds.HEADER);
	}

}
