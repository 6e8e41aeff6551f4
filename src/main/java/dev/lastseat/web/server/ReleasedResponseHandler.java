package dev.lastseat.web.server;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCounted;

/**
 * Drops a response that was released before it could be encoded, and closes the
 * connection. A response is released when its client disconnects, even after another
 * thread has passed it to the event loop. The encoder would fail on such a response and
 * would never release the buffer that it has begun to fill.
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
