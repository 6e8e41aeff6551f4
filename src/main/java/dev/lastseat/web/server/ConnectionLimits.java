package dev.lastseat.web.server;

import java.time.Duration;

import dev.lastseat.web.log.RequestIds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Limits what a client may send on a connection, and how long a connection may stay idle.
 * The size limits of a request line and of headers are properties of Spring Boot.
 */
public final class ConnectionLimits implements NettyServerCustomizer {

	private final Timeouts timeouts;

	private final int maxBody;

	private final NettyProblemWriter problems;

	/**
	 * @param maxBody the maximum size of a body, in bytes
	 */
	public ConnectionLimits(Timeouts timeouts, int maxBody, RequestIds ids, JsonMapper json) {
		this.timeouts = timeouts;
		this.maxBody = maxBody;
		this.problems = new NettyProblemWriter(ids, json);
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> addHandlers(channel))
			.childObserve(PipeliningHandler::observe);
	}

	void addHandlers(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.requestAggregator",
					new RequestAggregator(this.maxBody, this.timeouts.read(), this.problems));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.http10Streams", new Http10StreamHandler());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.pipelining", new PipeliningHandler());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.idleTimeout",
					new IdleTimeoutHandler(this.timeouts.idle()));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.badRequest", new BadRequestHandler(this.problems));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.releasedResponse", new ReleasedResponseHandler());
		}
	}

	/**
	 * @param read the maximum time until the body of a request has arrived
	 * @param idle the maximum time that a connection stays open without a request in
	 * progress
	 */
	public record Timeouts(Duration read, Duration idle) {
	}

}
