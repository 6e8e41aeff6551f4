package dev.lastseat.stress.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A server that answers what a test wants, and counts how many ask at once.
 */
final class TinyServer implements AutoCloseable {

	final AtomicInteger answered = new AtomicInteger();

	final AtomicInteger mostAtOnce = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private final DisposableServer server;

	/**
	 * @param stall before the first request is answered, and so all that come in the
	 * meantime over the same connection
	 */
	TinyServer(int status, String body, Duration stall) {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
			this.mostAtOnce.accumulateAndGet(this.underWay.incrementAndGet(), Math::max);
			Mono<?> delay = (this.answered.getAndIncrement() == 0) ? Mono.delay(stall) : Mono.empty();
			return request.receive()
				.aggregate()
				.then(delay)
				.doOnTerminate(this.underWay::decrementAndGet)
				.then(response.status(HttpResponseStatus.valueOf(status)).sendString(Mono.just(body)).then());
		}).bindNow();
	}

	int port() {
		return this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
