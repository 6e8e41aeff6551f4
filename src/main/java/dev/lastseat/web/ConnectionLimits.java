package dev.lastseat.web;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Bounds how long a client may hold a connection without using it. How large a request
 * may be is set by properties of Spring Boot's.
 */
final class ConnectionLimits implements NettyServerCustomizer {

	private final Duration idleTimeout;

	private final Duration writeTimeout;

	private final RequestIds ids;

	private final JsonMapper json;

	ConnectionLimits(WebSettings settings, RequestIds ids, JsonMapper json) {
		this.ids = ids;
		this.idleTimeout = settings.idleTimeout();
		this.writeTimeout = settings.writeTimeout();
		this.json = json;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> limit(channel));
	}

	private void limit(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.idle", new IdleDeadline(this.idleTimeout));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.streams", new StreamLimits(this.writeTimeout));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.unreadable",
					new UnreadableRequests(this.ids, this.json));
		}
	}

}
