package dev.lastseat.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * A load generator. One thread serves all of its connections, so the load costs the same
 * on both sides. It runs on the machine of the measured processes and uses part of its
 * CPU.
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
		return connected(port, count, Connection::new, use);
	}

	/**
	 * Opens connections to a server on this machine, and closes them after use.
	 * @param handler creates the handler of a connection
	 */
	<C extends ChannelHandler, T> Mono<T> connected(int port, int count, Function<Channel, C> handler,
			Function<List<C>, Mono<T>> use) {
		return Mono.usingWhen(open(port, count), (channels) -> {
			List<C> handlers = channels.stream().map(handler).toList();
			return Mono.<Void>fromRunnable(() -> start(channels, handlers))
				.subscribeOn(this.clock)
				.then(Mono.defer(() -> use.apply(handlers)));
		}, (channels) -> Mono.fromRunnable(() -> channels.forEach(Channel::close)));
	}

	private static void start(List<Channel> channels, List<? extends ChannelHandler> handlers) {
		for (int number = 0; number < channels.size(); number++) {
			channels.get(number).pipeline().addLast(handlers.get(number));
		}
	}

	private Mono<List<Channel>> open(int port, int count) {
		Bootstrap bootstrap = new Bootstrap().group(this.group)
			.channel(this.loops.onChannelClass(SocketChannel.class, this.group))
			.remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					// The handlers are added when all connections are open.
				}

			});
		return Flux.range(0, count).flatMap((number) -> open(bootstrap), CONCURRENCY).collectList();
	}

	private static Mono<Channel> open(Bootstrap bootstrap) {
		return Mono.create((sink) -> bootstrap.connect().addListener((ChannelFutureListener) (connected) -> {
			if (connected.isSuccess()) {
				sink.success(connected.channel());
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
