package dev.lastseat.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Many streams of one event, a connection each, all read by one thread: on a small
 * machine the clients must not take the time of the service.
 */
final class Subscribers implements AutoCloseable {

	/**
	 * Well below what a listening socket lets wait.
	 */
	private static final int AT_A_TIME = 100;

	private static final int PATIENCE_SECONDS = 60;

	/**
	 * A daemon, so that a run that fails while the streams open ends all the same.
	 */
	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("subscribers", true), NioIoHandler.newFactory());

	private final List<Subscriber> all = new ArrayList<>();

	private final URI uri;

	private final long target;

	private final CountDownLatch settled;

	private Subscribers(URI uri, int count, long target) {
		this.uri = uri;
		this.target = target;
		this.settled = new CountDownLatch(count);
	}

	/**
	 * Opens the streams and waits until each has its first state.
	 * @param target the revision that {@link #settle()} waits for
	 */
	static Subscribers open(String baseUrl, String event, int count, long target) throws InterruptedException {
		Subscribers subscribers = new Subscribers(URI.create(baseUrl + "/api/v1/events/" + event + "/status"), count,
				target);
		while (subscribers.all.size() < count) {
			subscribers.openSome(Math.min(AT_A_TIME, count - subscribers.all.size()));
		}
		return subscribers;
	}

	private void openSome(int count) throws InterruptedException {
		CountDownLatch opened = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			Subscriber subscriber = new Subscriber(opened::countDown, this.target, this.settled::countDown);
			this.all.add(subscriber);
			connect(subscriber);
		}
		if (!opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("%d subscribers got no first state".formatted(opened.getCount()));
		}
	}

	private void connect(Subscriber subscriber) throws InterruptedException {
		Channel channel = new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpClientCodec(), subscriber);
				}
			})
			.connect(this.uri.getHost(), this.uri.getPort())
			.sync()
			.channel();
		DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET,
				this.uri.getPath());
		request.headers()
			.set(HttpHeaderNames.HOST, this.uri.getAuthority())
			.set(HttpHeaderNames.ACCEPT, "text/event-stream");
		channel.writeAndFlush(request);
	}

	/**
	 * Waits until every stream has come to the target. One that does not is no error
	 * here; it shows in what it has.
	 */
	void settle() throws InterruptedException {
		this.settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Complete when closed.
	 */
	List<Subscriber> all() {
		return List.copyOf(this.all);
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
