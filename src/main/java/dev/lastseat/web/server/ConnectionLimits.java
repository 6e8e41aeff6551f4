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
 * Limits what a client may send on a connection, and how long it may hold one without
 * using it. How large a request may be is set by properties of Spring Boot's.
 */
public final class ConnectionLimits implements NettyServerCustomizer {

	private final Timeouts timeouts;

	private final int maxBody;

	private final NettyProblemWriter problems;

	/**
	 * @param maxBody bytes of a body at most
	 */
	public ConnectionLimits(Timeouts timeouts, int maxBody, RequestIds ids, JsonMapper json) {
		this.timeouts = timeouts;
		this.maxBody = maxBody;
		this.problems = new NettyProblemWriter(ids, json);
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> limit(channel))
			.childObserve(PipeliningHandler::observe);
	}

	void limit(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.whole",
					new RequestAggregator(this.maxBody, this.timeouts.read(), this.problems));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.plain", new Http10StreamHandler());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.oneAtATime", new PipeliningHandler());
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.idle", new IdleTimeoutHandler(this.timeouts.idle()));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.streams",
					new StreamWriteLimitHandler(this.timeouts.write()));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.unreadable", new BadRequestHandler(this.problems));
			pipeline.addAfter(NettyPipeline.HttpCodec, "lastseat.abandoned", new ReleasedResponseHandler());
		}
	}

	/**
	 * @param read the longest that the body of a request may take to arrive
	 * @param idle the longest that a connection may stay open without a request under way
	 * @param write the longest that a stream waits for a client that does not read
	 */
	public record Timeouts(Duration read, Duration idle, Duration write) {
	}

}
