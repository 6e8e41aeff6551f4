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
 * Many streams of one event, each with its own connection. One thread reads all of them,
 * so that on a small machine the clients leave time for the service.
 */
final class Subscribers implements AutoCloseable {

	/**
	 * Connections opened at once: well below the backlog of a listening socket.
	 */
	private static final int CONNECTIONS_AT_ONCE = 100;

	private static final int TIMEOUT_SECONDS = 60;

	/**
	 * A daemon thread, so that the process also ends after a failure.
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
			subscribers.openSome(Math.min(CONNECTIONS_AT_ONCE, count - subscribers.all.size()));
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
		if (!opened.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
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
	 * Waits until every stream has received the target revision, for a limited time. A
	 * stream without it shows in the result.
	 */
	void settle() throws InterruptedException {
		this.settled.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * May be read after {@link #close()}.
	 */
	List<Subscriber> all() {
		return List.copyOf(this.all);
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, TIMEOUT_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
