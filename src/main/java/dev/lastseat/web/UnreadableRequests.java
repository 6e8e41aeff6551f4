package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.InvalidInputException.Violation;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/**
 * What the server refuses before it is a request at all - too long, or no HTTP - never
 * reaches the routes: the bare answer to it is made a problem here, on its way out.
 */
final class UnreadableRequests extends ChannelOutboundHandlerAdapter {

	private final RequestIds ids;

	private final JsonMapper json;

	UnreadableRequests(RequestIds ids, JsonMapper json) {
		this.ids = ids;
		this.json = json;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof FullHttpResponse bare && isRefusal(bare)) {
			FullHttpResponse problem = problem(bare.status());
			bare.release();
			context.write(problem, promise);
		}
		else {
			context.write(message, promise);
		}
	}

	/**
	 * Nothing else is a client error without a body: ours are problems from the start.
	 */
	private static boolean isRefusal(FullHttpResponse response) {
		return response.status().code() >= 400 && response.status().code() < 500 && !response.content().isReadable()
				&& response.headers().contains(HttpHeaderNames.CONNECTION, "close", true);
	}

	private FullHttpResponse problem(HttpResponseStatus refusal) {
		ProblemException problem = ProblemException.invalid(List.of(violation(refusal)));
		String id = this.ids.next();
		byte[] body = this.json.writeValueAsBytes(ProblemView.of(problem, "", id));
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
				Unpooled.wrappedBuffer(body));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
			.set(HttpHeaderNames.CONTENT_LENGTH, body.length)
			.set(HttpHeaderNames.CONNECTION, "close")
			.set(RequestIds.HEADER, id);
		return response;
	}

	private static Violation violation(HttpResponseStatus refusal) {
		if (refusal.equals(HttpResponseStatus.REQUEST_URI_TOO_LONG)) {
			return new Violation("uri", "is too long");
		}
		if (refusal.equals(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)) {
			return new Violation("headers", "are too long");
		}
		return new Violation("request", "must be HTTP");
	}

}
