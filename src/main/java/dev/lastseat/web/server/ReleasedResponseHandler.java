package dev.lastseat.web.server;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCounted;

/**
 * Drops an answer that was released before it could be encoded. An answer is released
 * when its client goes away, also when another thread has passed it to the event loop
 * already. The encoder would fail on it, and never release the buffer that it has begun
 * to fill.
 */
final class ReleasedResponseHandler extends ChannelOutboundHandlerAdapter {

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof ReferenceCounted counted && counted.refCnt() == 0) {
			promise.tryFailure(new ClosedChannelException());
			context.close();
		}
		else {
			context.write(message, promise);
		}
	}

}
