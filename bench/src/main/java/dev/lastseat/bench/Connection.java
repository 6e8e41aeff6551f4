package dev.lastseat.bench;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A keep-alive connection with at most one request in flight. It does as little as
 * possible, because its cost is part of every measured value.
 */
final class Connection extends ChannelInboundHandlerAdapter {

	private final Channel channel;

	private final ResponseParser parser = new ResponseParser();

	private @Nullable Listener waiting;

	Connection(Channel channel) {
		this.channel = channel;
	}

	ByteBufAllocator allocator() {
		return this.channel.alloc();
	}

	/**
	 * Sends the bytes of a request.
	 * @param listener receives the response
	 */
	void send(ByteBuf request, Listener listener) {
		this.waiting = listener;
		this.channel.writeAndFlush(request, this.channel.voidPromise());
	}

	/**
	 * Sends any request without a body. Lazy. An {@link IOException} when the connection
	 * is lost.
	 */
	Mono<Reply> send(String method, String path) {
		return exchange(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
	}

	/**
	 * Lazy. An {@link IOException} when the connection is lost.
	 */
	Mono<Reply> post(String path, String json) {
		return exchange("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + json.length() + "\r\n\r\n" + json);
	}

	private Mono<Reply> exchange(String request) {
		return Mono.create((sink) -> send(
				ByteBufUtil.encodeString(allocator(), CharBuffer.wrap(request), StandardCharsets.US_ASCII),
				new Answered(sink)));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.parser.completes((ByteBuf) message)) {
			Listener answered = this.waiting;
			this.waiting = null;
			try {
				if (answered != null) {
					answered.answered(this.parser.status(), this.parser.body());
				}
			}
			finally {
				this.parser.reset();
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
		Listener failed = this.waiting;
		this.waiting = null;
		if (failed != null) {
			failed.lost(cause);
		}
	}

	void close() {
		this.channel.close();
	}

	/** Receives the response to a request, on the thread of the load. */
	interface Listener {

		/**
		 * @param body valid during this call
		 */
		void answered(int status, ByteBuf body);

		/** There will be no response. */
		void lost(Throwable cause);

	}

	private record Answered(MonoSink<Reply> sink) implements Listener {

		@Override
		public void answered(int status, ByteBuf body) {
			this.sink.success(new Reply(status, ResponseParser.text(body)));
		}

		@Override
		public void lost(Throwable cause) {
			this.sink.error(cause);
		}

	}

}
