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
 * Makes a problem of the bare answer that the server gives when it cannot make a request
 * of what it read, like an address that is none. The routes never see such a request, so
 * its answer is the only one without an id.
 */
final class BadRequestHandler extends ChannelOutboundHandlerAdapter {

	private final NettyProblemWriter problems;

	BadRequestHandler(NettyProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof FullHttpResponse bare && isRefusal(bare)) {
			bare.release();
			ProblemException problem = ProblemException.invalid(new Violation("request", "must be HTTP"));
			context.write(this.problems.write(context.channel(), null, problem), promise.unvoid())
				.addListener(ChannelFutureListener.CLOSE);
		}
		else {
			context.write(message, promise);
		}
	}

	private static boolean isRefusal(FullHttpResponse response) {
		return response.status().codeClass() == HttpStatusClass.CLIENT_ERROR
				&& !response.headers().contains(RequestIds.HEADER);
	}

}
