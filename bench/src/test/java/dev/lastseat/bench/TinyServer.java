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
 * A server that answers every request with the same status. It counts its answers, and
 * the maximum number of requests in flight.
 */
final class TinyServer implements AutoCloseable {

	final AtomicInteger answered = new AtomicInteger();

	final AtomicInteger maxInFlight = new AtomicInteger();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final DisposableServer server;

	/**
	 * @param status the status of every response
	 */
	TinyServer(int status) {
		this(HttpServer.create(), status);
	}

	private TinyServer(HttpServer server, int status) {
		this.server = server.host("127.0.0.1").port(0).handle((request, response) -> {
			this.maxInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			this.answered.incrementAndGet();
			return request.receive()
				.aggregate()
				.then()
				.doOnTerminate(this.inFlight::decrementAndGet)
				.then(response.status(HttpResponseStatus.valueOf(status)).sendString(Mono.just("")).then());
		}).bindNow();
	}

	/** A server that closes the connection when it receives a request. */
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
