package dev.lastseat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A keep-alive connection with at most one request in flight. It does as little as
 * possible, because its cost is part of every measured value.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

	/** From this status on, the body has the reason. */
	private static final int MIN_ERROR_STATUS = 400;

	private final Channel channel;

	private final StringBuilder body = new StringBuilder();

	private @Nullable MonoSink<Reply> waiting;

	private int status;

	Connection(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Lazy. An {@link IOException} when the connection is lost.
	 */
	Mono<Reply> post(String path, String json) {
		return Mono.create((sink) -> {
			this.waiting = sink;
			this.channel.writeAndFlush(request(path, json), this.channel.voidPromise());
		});
	}

	/**
	 * Lazy. An {@link IOException} when the connection is lost.
	 */
	Mono<Reply> delete(String path) {
		return Mono.create((sink) -> {
			this.waiting = sink;
			FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.DELETE, path);
			request.headers().set(HttpHeaderNames.HOST, "127.0.0.1");
			this.channel.writeAndFlush(request, this.channel.voidPromise());
		});
	}

	private FullHttpRequest request(String path, String json) {
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path,
				ByteBufUtil.writeAscii(this.channel.alloc(), json));
		request.headers()
			.set(HttpHeaderNames.HOST, "127.0.0.1")
			.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
			.set(HttpHeaderNames.CONTENT_LENGTH, json.length());
		return request;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
		if (part instanceof HttpResponse response) {
			this.status = response.status().code();
			this.body.setLength(0);
		}
		if (part instanceof HttpContent content && this.status >= MIN_ERROR_STATUS) {
			this.body.append(content.content().toString(StandardCharsets.UTF_8));
		}
		if (part instanceof LastHttpContent) {
			MonoSink<Reply> answered = this.waiting;
			this.waiting = null;
			if (answered != null) {
				answered.success(new Reply(this.status, this.body.toString()));
			}
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		lost(new IOException("the service closed a connection"));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		lost(cause);
		context.close();
	}

	private void lost(Throwable cause) {
		MonoSink<Reply> failed = this.waiting;
		this.waiting = null;
		if (failed != null) {
			failed.error(cause);
		}
	}

	void close() {
		this.channel.close();
	}

}
