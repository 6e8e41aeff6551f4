package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;

/**
 * Holds writes back while the client does not read.
 */
final class StallingClient extends ChannelOutboundHandlerAdapter {

	final List<ChannelPromise> writes = new ArrayList<>();

	private final List<Runnable> held = new ArrayList<>();

	boolean stalled;

	boolean exceptPings;

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.stalled && !(this.exceptPings && isPing(message))) {
			this.writes.add(promise);
			this.held.add(() -> context.writeAndFlush(message, promise));
		}
		else {
			context.write(message, promise);
		}
	}

	private static boolean isPing(Object message) {
		return ((HttpContent) message).content().toString(StandardCharsets.US_ASCII).equals(": ping\n\n");
	}

	void resume() {
		this.stalled = false;
		this.held.forEach(Runnable::run);
		this.held.clear();
	}

}
