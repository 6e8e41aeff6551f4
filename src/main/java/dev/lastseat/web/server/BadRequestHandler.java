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
 * Answers with a problem when Reactor Netty cannot build a request from the received
 * data, for example because the URI is invalid. Reactor Netty answers such a request
 * itself, before any route. This handler recognizes that response by its missing request
 * id, and replaces it.
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
			context.write(this.problems.create(context.channel(), null, problem), promise.unvoid())
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
