package dev.lastseat.web;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Limits what a client may send on a connection, and how long it may hold one without
 * using it. How large a request may be is set by properties of Spring Boot's.
 */
final class ConnectionLimits implements NettyServerCustomizer {

	private final Duration idleTimeout;

	private final Duration writeTimeout;

	private final Duration readTimeout;

	private final int maxBody;

	private final Refusals refusals;

	/**
	 * @param maxBody bytes of a body at most
	 */
	ConnectionLimits(WebSettings settings, int maxBody, Refusals refusals) {
		this.idleTimeout = settings.idleTimeout();
		this.writeTimeout = settings.writeTimeout();
		this.readTimeout = settings.readTimeout();
		this.maxBody = maxBody;
		this.refusals = refusals;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> limit(channel)).childObserve(OneAtATime::observe);
	}

	void limit(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.whole",
					new WholeRequests(this.maxBody, this.readTimeout, this.refusals));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.plain", new PlainStreams());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.oneAtATime", new OneAtATime());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.idle", new IdleDeadline(this.idleTimeout));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.streams", new StreamLimits(this.writeTimeout));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.unreadable", new UnreadableRequests(this.refusals));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.abandoned", new AbandonedAnswers());
		}
	}

}
