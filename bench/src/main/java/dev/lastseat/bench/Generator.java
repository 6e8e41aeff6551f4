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
 * Where the load comes from: one thread for all connections, so that it costs the same on
 * every side. It shares the machine with the service, and takes its part of it.
 */
final class Generator implements AutoCloseable {

	/** How its thread is called, to tell it from those of the service. */
	static final String THREADS = "bench-load";

	/** Enough to open hundreds of connections to a busy server. */
	private static final int AT_ONCE = 32;

	private final LoopResources loops = LoopResources.create(THREADS, 1, true);

	private final EventLoopGroup group = this.loops.onClient(LoopResources.DEFAULT_NATIVE);

	private final Scheduler clock = Schedulers.fromExecutorService(this.group);

	/**
	 * @return the thread of the load, which intended times are kept on
	 */
	Scheduler clock() {
		return this.clock;
	}

	/**
	 * Opens connections to a server on this machine, for as long as they are used.
	 */
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
		return Flux.range(0, count).flatMap((number) -> open(bootstrap), AT_ONCE).collectList();
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
