package dev.lastseat.bench;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A server that answers what a test wants, and counts how many requests it has at once.
 */
final class TinyServer implements AutoCloseable {

	final AtomicInteger answered = new AtomicInteger();

	final AtomicInteger mostAtOnce = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private final DisposableServer server;

	/**
	 * @param status of every answer
	 */
	TinyServer(int status) {
		this(HttpServer.create(), status);
	}

	private TinyServer(HttpServer server, int status) {
		this.server = server.host("127.0.0.1").port(0).handle((request, response) -> {
			this.mostAtOnce.accumulateAndGet(this.underWay.incrementAndGet(), Math::max);
			this.answered.incrementAndGet();
			return request.receive()
				.aggregate()
				.then()
				.doOnTerminate(this.underWay::decrementAndGet)
				.then(response.status(HttpResponseStatus.valueOf(status)).sendString(Mono.just("")).then());
		}).bindNow();
	}

	/** A server that takes a request and closes its connection. */
	static TinyServer closingConnections() {
		return new TinyServer(
				HttpServer.create()
					.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(new ClosesOnRead())),
				201);
	}

	int port() {
		return this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	private static final class ClosesOnRead extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object received) {
			ReferenceCountUtil.release(received);
			context.close();
		}

	}

}
