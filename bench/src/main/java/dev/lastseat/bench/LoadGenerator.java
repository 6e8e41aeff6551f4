package dev.lastseat.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * The load generator. One thread serves all connections, so the load costs the same on
 * both sides. It runs on the machine of the service and uses part of its CPU.
 */
final class LoadGenerator implements AutoCloseable {

	/** The name of its thread, to tell it from those of the service. */
	static final String THREADS = "bench-load";

	/** The connections that are opened at the same time. */
	private static final int CONCURRENCY = 32;

	private final LoopResources loops = LoopResources.create(THREADS, 1, true);

	private final EventLoopGroup group = this.loops.onClient(LoopResources.DEFAULT_NATIVE);

	private final Scheduler clock = Schedulers.fromExecutorService(this.group);

	/**
	 * @return the thread of the load, which sends requests at their intended times
	 */
	Scheduler clock() {
		return this.clock;
	}

	/** Opens connections to a server on this machine, and closes them after use. */
	<T> Mono<T> connected(int port, int count, Function<List<Connection>, Mono<T>> use) {
		return Mono.usingWhen(open(port, count), use,
				(connections) -> Mono.fromRunnable(() -> connections.forEach(Connection::close)));
	}

	private Mono<List<Connection>> open(int port, int count) {
		Bootstrap bootstrap = new Bootstrap().group(this.group)
			.channel(this.loops.onChannelClass(SocketChannel.class, this.group))
			.remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpClientCodec(), new Connection(channel));
				}

			});
		return Flux.range(0, count).flatMap((number) -> open(bootstrap), CONCURRENCY).collectList();
	}

	private static Mono<Connection> open(Bootstrap bootstrap) {
		return Mono.create((sink) -> bootstrap.connect().addListener((ChannelFutureListener) (connected) -> {
			if (connected.isSuccess()) {
				sink.success(connected.channel().pipeline().get(Connection.class));
			}
			else {
				sink.error(connected.cause());
			}
		}));
	}

	@Override
	public void close() {
		this.loops.dispose();
	}

}
