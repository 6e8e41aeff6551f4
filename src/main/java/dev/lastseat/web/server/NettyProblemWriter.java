package dev.lastseat.web.server;

import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemView;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/**
 * Creates the problem response to a request that cannot be read, in the same form as
 * every other problem, and logs one line. The response says that the connection closes.
 */
final class NettyProblemWriter {

	private static final Logger logger = LoggerFactory.getLogger(NettyProblemWriter.class);

	private final RequestIds ids;

	private final JsonMapper json;

	NettyProblemWriter(RequestIds ids, JsonMapper json) {
		this.ids = ids;
		this.json = json;
	}

	/**
	 * @param head the head of the request; null when it cannot be read
	 */
	FullHttpResponse create(Channel channel, @Nullable HttpRequest head, ProblemException problem) {
		String id = this.ids.next();
		if (channel.isActive()) {
			RequestIds.log(id, () -> log(problem));
		}
		byte[] body = this.json.writeValueAsBytes(ProblemView.of(problem, path(head), id));
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(problem.code().status().value()), Unpooled.wrappedBuffer(body));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
			.set(HttpHeaderNames.CONTENT_LENGTH, body.length)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
			.set(RequestIds.HEADER, id);
		return response;
	}

	/**
	 * Logs neither the path, which can contain user ids, nor any bytes that cannot be
	 * parsed.
	 */
	private static void log(ProblemException problem) {
		logger.info("Rejected a request that cannot be read: {} {} {}", problem.code().status().value(),
				problem.code().code(), problem.errors().isEmpty() ? problem.detail() : problem.errors());
	}

	private static String path(@Nullable HttpRequest head) {
		if (head == null || !head.uri().startsWith("/")) {
			return "";
		}
		int query = head.uri().indexOf('?');
		return (query < 0) ? head.uri() : head.uri().substring(0, query);
	}

}
